/** 优惠券 that a sale was granted, where its past matters. */
import { coupons } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list } from '../set.ts';
import type { Shelf, Wanted } from './define.ts';

const granted = termOf(
  'coupons',
  coupons,
  `t.id IN (SELECT c.value ->> 'id' FROM grants AS g, json_each(g.awards, '$.coupons') AS c
     WHERE g.cause IN (SELECT 'sale:' || value FROM json_each(?1)))`,
);

const select = ({ needs, isDeep }: Wanted): Statement[] =>
  isDeep ? [statement(granted, list(needs.sales))] : [];

export const couponShelf: Shelf<'coupons'> = {
  kept: { in: 'table', table: coupons, read: { by: 'own', select } },
};
