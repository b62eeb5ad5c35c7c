/** 一张券 for the office: found by its code, or by its place among those of its owner, with the receipts and the campaign that it names. */
import {
  couponCodesMax,
  sales,
  type CampaignId,
  type CouponId,
  type MemberId,
  type Sale,
  type SaleId,
} from '../../../schema/index.ts';
import { saleCause, saleOfCause } from '../../decide/plain/causes.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { ofMember, placeOfCoupon } from '../members/member-lists.ts';
import { list } from '../set.ts';
import { isCoded, readCouponRow, type CouponLife } from './coupons.ts';
import type { CouponPlace } from './own-coupons.ts';

export type CouponAddress = CouponPlace & { readonly memberId: MemberId };

/** Null where nobody has such a coupon, or whoever had it asked to be forgotten. */
export async function addressOfCoupon(db: Db, id: CouponId): Promise<CouponAddress | null> {
  const results = await db.batch([
    statement(
      `SELECT t.member_id AS owner, t.issued_at AS at, ${placeOfCoupon} AS place FROM coupons AS t
       WHERE ${isCoded('?1')} AND EXISTS (SELECT 1 FROM members AS o WHERE o.id = t.member_id AND o.deleted_at IS NULL)`,
      id,
    ),
  ]);
  const [found] = rowsAt(results, 0);
  if (!found) return null;
  return {
    memberId: String(found['owner']) as MemberId,
    issuedAt: Number(found['at']),
    place: Number(found['place']),
  };
}

/** What a receipt used and keeps. */
export type UsedCoupon = {
  /** Null where whoever had it asked to be forgotten. */
  readonly address: CouponAddress | null;
  readonly name: string;
  readonly offFen: number | null;
};

export async function couponsUsedFor(db: Db, id: SaleId): Promise<UsedCoupon[]> {
  const results = await db.batch([
    statement(
      `SELECT o.id AS owner, t.issued_at AS at, ${placeOfCoupon} AS place, t.off_fen,
         coalesce(k.definition ->> 'name', t.template_id) AS name
       FROM coupons AS t LEFT JOIN coupon_templates AS k ON k.id = t.template_id
         LEFT JOIN members AS o ON o.id = t.member_id AND o.deleted_at IS NULL
       WHERE t.used_for = ?1 ORDER BY t.id LIMIT ${couponCodesMax}`,
      saleCause(id),
    ),
  ]);
  return rowsAt(results, 0).map(({ owner, at, place, name, off_fen: off }) => ({
    address:
      typeof owner === 'string'
        ? { memberId: owner as MemberId, issuedAt: Number(at), place: Number(place) }
        : null,
    name: String(name),
    offFen: off === null ? null : Number(off),
  }));
}

export async function readMembersCoupon(
  db: Db,
  { memberId, issuedAt, place }: CouponAddress,
): Promise<CouponLife | null> {
  const results = await db.batch([
    ofMember(
      memberId,
      `SELECT t.id FROM coupons AS t WHERE t.member_id = (SELECT id FROM s) AND t.issued_at = ?2
       ORDER BY t.id LIMIT 1 OFFSET ?3`,
      issuedAt,
      place,
    ),
  ]);
  const id = rowsAt(results, 0)[0]?.['id'];
  return typeof id === 'string' ? readCouponRow(db, id as CouponId) : null;
}

export type NamedSale = Pick<Sale, 'id' | 'orderNo' | 'storeId' | 'paidFen'>;

export type CouponNames = {
  /** The receipts of its life, by their ids. */
  readonly sales: ReadonlyMap<SaleId, NamedSale>;
  readonly campaignName: string | null;
};

export async function namesOfCoupon(db: Db, { coupon, moves }: CouponLife): Promise<CouponNames> {
  const causes = [...moves.map(({ cause }) => cause), coupon.usedFor ?? ''];
  const named = [coupon.saleId, ...causes.map(saleNamed)].filter((id) => id !== null);
  const results = await db.batch([
    statement(
      `SELECT t.id, t.order_no AS "orderNo", t.store_id AS "storeId", t.paid_fen AS "paidFen" FROM sales AS t
       WHERE t.id IN (SELECT value FROM json_each(?1))`,
      list(new Set(named)),
    ),
    campaignNamed(coupon.campaignId),
  ]);
  const found = rowsAt(results, 0) as unknown as readonly (typeof sales.$inferSelect)[];
  const name = rowsAt(results, 1)[0]?.['name'];
  return {
    sales: new Map(found.map(({ id, orderNo, storeId, paidFen }) => [id, { id, orderNo, storeId, paidFen }])),
    campaignName: typeof name === 'string' ? name : null,
  };
}

const campaignNamed = (id: CampaignId | null) =>
  statement(`SELECT definition ->> 'name' AS name FROM campaigns WHERE id = ?1 AND in_force_to IS NULL`, id);

/** The sale that a cause speaks of: the sale itself, its void, or what came back of it. */
export function saleNamed(cause: string): SaleId | null {
  const [, kind, rest = ''] = /^(void|refund):(.*)$/s.exec(cause) ?? [];
  if (kind === undefined) return saleOfCause(cause);
  const end = kind === 'refund' ? rest.lastIndexOf('/') : rest.length;
  return rest.slice(0, Math.max(0, end)) as SaleId;
}
