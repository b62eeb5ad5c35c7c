/** 储值充值: money that a member put on the card, one row for each recharge number; the balance is in the ledgers. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId, RechargeId, StoreId } from '../plain/ids.ts';

export const recharges = sqliteTable(
  'recharges',
  {
    id: text().primaryKey().$type<RechargeId>(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().notNull().$type<StoreId>(),
    /** 充值方案 by its name; null where none was named. */
    plan: text(),
    /** 实收. */
    paidFen: integer().notNull(),
    principalFen: integer().notNull(),
    /** 赠送: what the shop added. */
    bonusFen: integer().notNull(),
    occurredAt: integer().notNull(),
  },
  (table) => [
    index('recharges_member').on(table.memberId),
    check(
      'recharges_money',
      sql`${table.paidFen} >= 0 AND ${table.principalFen} >= 0 AND ${table.bonusFen} >= 0 AND ${table.principalFen} + ${table.bonusFen} > 0`,
    ),
  ],
);
export type Recharge = typeof recharges.$inferSelect;
