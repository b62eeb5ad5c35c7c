/** 优惠券 that a sale was granted, where its past matters. */
import { coupons } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list } from '../set.ts';
import type { GroupQuery, Shelf } from './define.ts';
import { couponsOfSales } from './sale-document.ts';

const granted = termOf(
  'coupons',
  coupons,
  `t.id IN (${couponsOfSales('json_each(?1) AS named CROSS JOIN sales AS s ON s.id = named.value')})`,
);

const select = ({ needs, isDeep }: GroupQuery): Statement[] =>
  isDeep ? [statement(granted, list(needs.sales))] : [];

export const couponShelf: Shelf<'coupons'> = {
  kept: { in: 'table', table: coupons, read: { by: 'own', select } },
};
