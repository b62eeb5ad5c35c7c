/** What one member has: postings, coupons and sales, a page at a time. Null when there is no such member. */
import {
  coupons,
  couponTemplates,
  ledger,
  type Account,
  type Coupon,
  type CouponTemplate,
  type MemberId,
  type Posting,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement, type Value } from '../db.ts';
import { survivor } from './members.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';
import { decodeSale, selectSale, type SaleRecord } from '../shelves/sale-document.ts';

/** ?1 is the member, as asked for; `s` who that is today. */
export const ofMember = (id: MemberId, select: string, ...params: Value[]): Statement =>
  statement(`WITH RECURSIVE ${survivor} ${select}`, id, ...params);

export const isMember = (id: MemberId): Statement => ofMember(id, 'SELECT id FROM s');

export async function listPostings(
  db: Db,
  id: MemberId,
  { account, before, limit }: { account: Account; before: number; limit: number },
): Promise<Posting[] | null> {
  const results = await db.batch([
    isMember(id),
    ofMember(
      id,
      `SELECT ${selectList(ledger, 't')} FROM ledger AS t WHERE t.member_id = (SELECT id FROM s)
       AND t.account = ?2 AND t.seq < ?3 ORDER BY t.seq DESC LIMIT ?4`,
      account,
      before,
      limit,
    ),
  ]);
  return rowsAt(results, 0).length === 0 ? null : decodeAll(ledger, rowsAt(results, 1));
}

export type HeldCoupon = { readonly coupon: Coupon; readonly template: CouponTemplate | null };
/** Which it is of those that were given at the same moment. */
export type PlacedCoupon = HeldCoupon & { readonly place: number };

/** Of a coupon as `t`: which it is of those that were given to its owner at the same moment. */
export const placeOfCoupon = `(SELECT count(*) FROM coupons AS o WHERE o.member_id = t.member_id
  AND o.issued_at = t.issued_at AND o.id < t.id)`;

export async function listCoupons(
  db: Db,
  id: MemberId,
  before: NewestFirst,
  limit: number,
): Promise<PlacedCoupon[] | null> {
  const page = `FROM coupons AS t WHERE t.member_id = (SELECT id FROM s)
    AND (t.issued_at, t.id) < (?2, ?3) ORDER BY t.issued_at DESC, t.id DESC LIMIT ?4`;
  const results = await db.batch([
    isMember(id),
    ofMember(
      id,
      `SELECT ${selectList(coupons, 't')}, ${placeOfCoupon} AS place ${page}`,
      before.at,
      before.id,
      limit,
    ),
    ofMember(
      id,
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k
       WHERE k.id IN (SELECT template_id FROM (SELECT t.template_id ${page}))`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  if (rowsAt(results, 0).length === 0) return null;
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 2)).map((row) => [row.id, row]));
  return decodeAll(coupons, rowsAt(results, 1)).map((coupon, at) => ({
    coupon,
    place: Number(rowsAt(results, 1)[at]?.['place'] ?? 0),
    template: templates.get(coupon.templateId) ?? null,
  }));
}

export async function listSales(
  db: Db,
  id: MemberId,
  before: NewestFirst,
  limit: number,
): Promise<SaleRecord[] | null> {
  const results = await db.batch([
    isMember(id),
    ofMember(
      id,
      `SELECT ${selectSale} FROM sales AS t WHERE t.member_id = (SELECT id FROM s)
       AND (t.occurred_at, t.id) < (?2, ?3) ORDER BY t.occurred_at DESC, t.id DESC LIMIT ?4`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return rowsAt(results, 0).length === 0 ? null : rowsAt(results, 1).map(decodeSale);
}
