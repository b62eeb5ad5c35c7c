/** 超级会员 in the database: what one member bought, and how the coupons stand that were given for it. */
import {
  coupons,
  superMemberships,
  type Coupon,
  type MemberId,
  type SuperMembership,
} from '../../../schema/index.ts';
import { causeOf } from '../../decide/triggers/define.ts';
import { superMembershipBought } from '../../decide/triggers/super-membership-bought.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export type SoldMembership = {
  readonly row: SuperMembership;
  /** 开通礼. */
  readonly gifts: readonly Coupon[];
};

/** More than anybody buys in a life. */
const membershipsMax = 200;

/** What it gave is found under this and the number. */
const giftsOf = causeOf(superMembershipBought, { memberId: '' as MemberId, occurrence: '' });

/** The newest first. */
export async function readMemberships(db: Db, memberId: MemberId): Promise<SoldMembership[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(superMemberships, 't')} FROM super_memberships AS t WHERE t.member_id = ?1
        ORDER BY t.sold_at DESC, t.until_at DESC LIMIT ${membershipsMax}`,
      memberId,
    ),
    statement(
      `SELECT b.id AS sold, ${selectList(coupons, 't')} FROM super_memberships AS b
        CROSS JOIN grants AS g ON g.cause = ?2 || b.id CROSS JOIN json_each(g.awards, '$.coupons') AS j
        CROSS JOIN coupons AS t ON t.id = j.value ->> 0 WHERE b.member_id = ?1`,
      memberId,
      giftsOf,
    ),
  ]);
  const given = rowsAt(results, 1);
  const held = decodeAll(coupons, given);
  return decodeAll(superMemberships, rowsAt(results, 0)).map((row) => ({
    row,
    gifts: held.filter((_, place) => given[place]?.['sold'] === row.id),
  }));
}
