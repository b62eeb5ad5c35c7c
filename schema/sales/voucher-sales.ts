/** 卖券: vouchers that a member paid for in advance, one row for each number under which they were sold. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { CouponId, MemberId, StoreId, TemplateId, VoucherSaleId } from '../plain/ids.ts';

export const voucherSales = sqliteTable(
  'voucher_sales',
  {
    id: text().primaryKey().$type<VoucherSaleId>(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().notNull().$type<StoreId>(),
    templateId: text().notNull().$type<TemplateId>(),
    couponIds: text({ mode: 'json' }).notNull().$type<readonly CouponId[]>(),
    /** 预付: for all of them together. */
    paidFen: integer().notNull(),
    soldAt: integer().notNull(),
    /** Those of them whose money was paid back. */
    refundedIds: text({ mode: 'json' }).notNull().$type<readonly CouponId[]>(),
  },
  (table) => [
    index('voucher_sales_member').on(table.memberId, table.soldAt),
    check('voucher_sales_money', sql`${table.paidFen} > 0`),
  ],
);
export type VoucherSale = typeof voucherSales.$inferSelect;

/** Why vouchers are not sold, or not paid back. */
export type VoucherMiss =
  /** No such template, or not one that is sold. */
  | { readonly reason: 'NOT_FOR_SALE' }
  | { readonly reason: 'SALE_CLOSED'; readonly from: number; readonly to: number }
  | { readonly reason: 'NONE_LEFT'; readonly left: number }
  | { readonly reason: 'AMOUNT_DIFFERS'; readonly toldFen: number; readonly dueFen: number }
  /** Something else was sold under this number, or to somebody else. */
  | { readonly reason: 'NUMBER_TAKEN' }
  | { readonly reason: 'UNKNOWN_SALE' }
  /** A code that was not sold under this number. */
  | { readonly reason: 'NOT_OF_SALE'; readonly coupon: string }
  | { readonly reason: 'ALREADY_USED'; readonly at: number }
  | { readonly reason: 'LOCKED_BY_OTHER'; readonly until: number }
  /** Taken back for another reason. */
  | { readonly reason: 'REVOKED' }
  /** 过期不退: its day is over, and its template says that the money is kept. */
  | { readonly reason: 'KEPT'; readonly to: number };
