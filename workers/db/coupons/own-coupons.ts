/** 自己的券: one of them, and those that are over, found by the WeChat account of the person who looks. */
import { coupons, couponTemplates, type CouponId, type IdentityKey } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';
import { readCouponRow, type CouponLife } from './coupons.ts';
import type { HeldCoupon } from '../members/member-lists.ts';

/** More than somebody looks back at. */
const pastShownMax = 50;

const whose = `t.member_id = (SELECT member_id FROM identities WHERE key = ?1)`;

/** A coupon named without its code, which stands in no address: when it was given, and which of that moment. */
export type CouponPlace = { readonly issuedAt: number; readonly place: number };

export async function readOwnCoupon(
  db: Db,
  key: IdentityKey,
  { issuedAt, place }: CouponPlace,
): Promise<CouponLife | null> {
  const results = await db.batch([
    statement(
      `SELECT t.id FROM coupons AS t WHERE ${whose} AND t.issued_at = ?2 ORDER BY t.id LIMIT 1 OFFSET ?3`,
      key,
      issuedAt,
      place,
    ),
  ]);
  const id = rowsAt(results, 0)[0]?.['id'];
  return typeof id === 'string' ? readCouponRow(db, id as CouponId) : null;
}

/** Used, taken back or past, the last first. */
export async function readPastCoupons(db: Db, key: IdentityKey, now: number): Promise<HeldCoupon[]> {
  const page = `FROM coupons AS t WHERE ${whose} AND (t.state <> 'issued' OR t.valid_to <= ?2)
    ORDER BY coalesce(t.ended_at, t.valid_to) DESC, t.id LIMIT ${pastShownMax}`;
  const results = await db.batch([
    statement(`SELECT ${selectList(coupons, 't')} ${page}`, key, now),
    statement(
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k
       WHERE k.id IN (SELECT template_id FROM (SELECT t.template_id ${page}))`,
      key,
      now,
    ),
  ]);
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 1)).map((row) => [row.id, row]));
  return decodeAll(coupons, rowsAt(results, 0)).map((coupon) => ({
    coupon,
    template: templates.get(coupon.templateId) ?? null,
  }));
}

export type GivenAway = { readonly name: string; readonly passedAt: number };

/** 转给朋友的券, the last first: what became of them is the friends' own affair. */
export async function readGivenAway(db: Db, key: IdentityKey): Promise<GivenAway[]> {
  const results = await db.batch([
    statement(
      `SELECT k.definition ->> 'name' AS name, t.passed_at AS at FROM coupons AS t
       CROSS JOIN coupon_templates AS k ON k.id = t.template_id
       WHERE t.passed_by = (SELECT member_id FROM identities WHERE key = ?1) AND t.member_id <> t.passed_by
       ORDER BY t.passed_at DESC LIMIT ${pastShownMax}`,
      key,
    ),
  ]);
  return rowsAt(results, 0).map(({ name, at }) => ({ name: String(name), passedAt: Number(at) }));
}
