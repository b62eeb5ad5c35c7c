/** 卖出的预售券 in the database: under one number, or of one member, each with its coupons as they stand. */
import {
  coupons,
  couponTemplates,
  voucherSales,
  type Coupon,
  type CouponTemplate,
  type MemberId,
  type VoucherSale,
  type VoucherSaleId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export type SoldVouchers = {
  readonly sold: VoucherSale;
  readonly coupons: readonly Coupon[];
  readonly template: CouponTemplate | null;
};

export async function readVoucherSale(db: Db, id: VoucherSaleId): Promise<SoldVouchers | null> {
  const [found] = await readVouchers(db, 'b.id = ?1', [id]);
  return found ?? null;
}

/** The newest first. */
export const vouchersOf = (db: Db, memberId: MemberId, limit: number): Promise<SoldVouchers[]> =>
  readVouchers(db, 'b.member_id = ?1 ORDER BY b.sold_at DESC, b.id LIMIT ?2', [memberId, limit]);

async function readVouchers(
  db: Db,
  found: string,
  params: readonly (string | number)[],
): Promise<SoldVouchers[]> {
  const ask = (select: string): Statement => statement(select, ...params);
  const these = (column: string): string => `(SELECT ${column} FROM voucher_sales AS b WHERE ${found})`;
  const results = await db.batch([
    ask(`SELECT ${selectList(voucherSales, 'b')} FROM voucher_sales AS b WHERE ${found}`),
    ask(
      `SELECT ${selectList(coupons, 't')} FROM ${these('b.coupon_ids AS ids')} AS s
       CROSS JOIN json_each(s.ids) AS v CROSS JOIN coupons AS t ON t.id = v.value`,
    ),
    ask(
      `SELECT ${selectList(couponTemplates, 't')} FROM coupon_templates AS t WHERE t.id IN ${these('b.template_id')}`,
    ),
  ]);
  const held = new Map(decodeAll(coupons, rowsAt(results, 1)).map((coupon) => [coupon.id, coupon]));
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 2)).map((row) => [row.id, row]));
  return decodeAll(voucherSales, rowsAt(results, 0)).map((sold) => ({
    sold,
    coupons: sold.couponIds.flatMap((id) => held.get(id) ?? []),
    template: templates.get(sold.templateId) ?? null,
  }));
}
