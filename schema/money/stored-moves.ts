/** 储值流水: what was spent from stored value, came back to it or was paid out, one row for each number; recharges are rows of their own. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId, RechargeId, StoredMoveId, StoreId } from '../plain/ids.ts';

/** `opened`: brought from the system before. `corrected`: a till that keeps the balance told another than ours, or the office did. */
export const storedActs = ['spent', 'refunded', 'reversed', 'cashed-out', 'opened', 'corrected'] as const;
export type StoredAct = (typeof storedActs)[number];

export const storedMoves = sqliteTable(
  'stored_moves',
  {
    id: text().primaryKey().$type<StoredMoveId>(),
    memberId: text().notNull().$type<MemberId>(),
    storeId: text().$type<StoreId>(),
    act: text({ enum: storedActs }).notNull(),
    /** What it moved, without a sign; only a correction has one. */
    principalFen: integer().notNull(),
    /** 赠送; of what was cashed out, what the member gave up for it. */
    bonusFen: integer().notNull(),
    /** The spending that came back, or the recharge that never was. */
    ofId: text().$type<StoredMoveId | RechargeId>(),
    /** Of a spending: what of it came back. */
    backPrincipalFen: integer().notNull(),
    backBonusFen: integer().notNull(),
    occurredAt: integer().notNull(),
  },
  (table) => [
    index('stored_moves_member').on(table.memberId, table.occurredAt),
    check(
      'stored_moves_money',
      sql`${table.act} = 'corrected' OR (${table.principalFen} >= 0 AND ${table.bonusFen} >= 0 AND ${table.principalFen} + ${table.bonusFen} > 0)`,
    ),
    check(
      'stored_moves_back',
      sql`${table.backPrincipalFen} BETWEEN 0 AND abs(${table.principalFen}) AND ${table.backBonusFen} BETWEEN 0 AND abs(${table.bonusFen})`,
    ),
  ],
);
export type StoredMove = typeof storedMoves.$inferSelect;

/** Why nothing was moved. */
export type StoredMiss =
  | { readonly reason: 'INSUFFICIENT'; readonly have: number; readonly need: number }
  /** 每次最多用: more than the shop's part of the bill. */
  | {
      readonly reason: 'ABOVE_CEILING';
      readonly amountFen: number;
      readonly usableFen: number;
      readonly payableFen: number;
      readonly percent: number;
    }
  /** Something else was done under this number, or for somebody else. */
  | { readonly reason: 'NUMBER_TAKEN' }
  | { readonly reason: 'UNKNOWN_SPENDING' }
  | { readonly reason: 'UNKNOWN_RECHARGE' }
  | { readonly reason: 'UNKNOWN_PLAN' }
  /** A recharge of this plan is another amount. */
  | { readonly reason: 'AMOUNT_DIFFERS'; readonly toldFen: number; readonly dueFen: number }
  /** More came back than is left of what was spent. */
  | { readonly reason: 'MORE_THAN_SPENT'; readonly have: number; readonly need: number };
