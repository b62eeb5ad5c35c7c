/** 优惠券: those that events name, those that receipts have used or sold, and, where its past matters, those that a sale was granted. */
import { coupons } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf, unionOf } from '../look.ts';
import { list } from '../set.ts';
import type { GroupQuery, Shelf } from './define.ts';
import { couponsOfSales } from './sale-document.ts';

const found = (ids: string): string => termOf('coupons', coupons, `t.id IN (${ids})`);
const ofSales = couponsOfSales('json_each(?1) AS named CROSS JOIN sales AS s ON s.id = named.value');
const others: readonly string[] = [
  `SELECT value FROM json_each(?2)`,
  `SELECT c.id FROM json_each(?2) AS code CROSS JOIN coupons AS c ON c.code = code.value`,
  `SELECT c.id FROM json_each(?3) AS ref CROSS JOIN coupons AS c ON c.used_for = ref.value`,
  `SELECT v.value AS id FROM json_each(?4) AS ref CROSS JOIN voucher_sales AS b ON b.id = ref.value
    CROSS JOIN json_each(b.coupon_ids) AS v`,
  // Of causes that are no sale.
  `SELECT j.value ->> 0 AS id FROM json_each(?5) AS cause CROSS JOIN grants AS g ON g.cause = cause.value
    CROSS JOIN json_each(g.awards, '$.coupons') AS j`,
];
const granted = found(ofSales);
const all = found(unionOf([ofSales, ...others], 'id'));

/** A group whose events speak of no coupon pays nothing for it. */
function select({ needs, isDeep }: GroupQuery): Statement[] {
  const { asked, couponsFor, granted: causes, sales } = needs;
  if (asked.coupons.size + couponsFor.size + asked.voucherSales.size + causes.size > 0) {
    const named = [asked.coupons, couponsFor, asked.voucherSales, causes].map((keys) => list(keys));
    return [statement(all, list(isDeep ? sales : []), ...named)];
  }
  return isDeep ? [statement(granted, list(sales))] : [];
}

export const couponShelf: Shelf<'coupons'> = {
  kept: { in: 'table', table: coupons, read: { by: 'own', select } },
};
