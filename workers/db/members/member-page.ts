/** 会员中心: what one person may see of themselves, found by their WeChat account. */
import { coupons, couponTemplates, type IdentityKey } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { placeOfCoupon, type PlacedCoupon } from './member-lists.ts';
import { findMembers, type MemberHoldings } from './members.ts';
import { decodeAll, selectList } from '../set.ts';

export type OwnPage = {
  readonly holdings: MemberHoldings;
  /** Not used, not taken back and not past: usable ones first, soonest to end first. */
  readonly coupons: readonly PlacedCoupon[];
  /** How many there are, shown or not. */
  readonly couponsHeld: number;
};

/** More than a purse holds; the rest is counted. */
const couponsShownMax = 50;

/** Null when no member answers to this account. */
export async function readOwnPage(db: Db, key: IdentityKey, now: number): Promise<OwnPage | null> {
  const held = `FROM coupons AS t WHERE t.member_id = (SELECT member_id FROM identities WHERE key = ?1)
    AND t.state = 'issued' AND t.valid_to > ?2`;
  const page = `${held} ORDER BY t.valid_from > ?2, t.valid_to, t.id LIMIT ${couponsShownMax}`;
  const [[holdings], results] = await Promise.all([
    findMembers(db, key),
    db.batch([
      statement(`SELECT ${selectList(coupons, 't')}, ${placeOfCoupon} AS place ${page}`, key, now),
      statement(
        `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k
         WHERE k.id IN (SELECT template_id FROM (SELECT t.template_id ${page}))`,
        key,
        now,
      ),
      statement(`SELECT count(*) AS n ${held}`, key, now),
    ]),
  ]);
  if (!holdings) return null;
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 1)).map((row) => [row.id, row]));
  return {
    holdings,
    coupons: decodeAll(coupons, rowsAt(results, 0)).map((coupon, at) => ({
      coupon,
      place: Number(rowsAt(results, 0)[at]?.['place'] ?? 0),
      template: templates.get(coupon.templateId) ?? null,
    })),
    couponsHeld: Number(rowsAt(results, 2)[0]?.['n'] ?? 0),
  };
}
