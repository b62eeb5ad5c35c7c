/**
 * 欠会员的账: what the shop owes its members, a day at a time. A day is closed once, from the ledgers, and never changed after that:
 * whatever is posted later stands in the day on which it was posted.
 */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { MemberId } from '../plain/ids.ts';
import type { Account } from './ledgers.ts';

/** 成长值 is owed to nobody: it buys nothing. */
export const owedAccounts = [
  'points',
  'principal',
  'bonus',
  'wallet',
  'prepaid',
] as const satisfies readonly Account[];
export type OwedAccount = (typeof owedAccounts)[number];

/** 变动: why what is owed became more or less. Of each account some of them happen. */
export const owedMoves = [
  'earned',
  'put-in',
  'spent',
  'back',
  'taken-back',
  'expired',
  'paid-out',
  'corrected',
  'moved',
] as const;
export type OwedMove = (typeof owedMoves)[number];

/** No store is called so. */
export const noStore = '';

/** 日账: what one kind of movement came to, in one store on one day; with a sign. */
export const owedDays = sqliteTable(
  'owed_days',
  {
    /** 入账日 in the shop's zone. */
    onDay: text().notNull(),
    account: text({ enum: owedAccounts }).notNull(),
    move: text({ enum: owedMoves }).notNull(),
    storeId: text().notNull(),
    amount: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.onDay, table.account, table.move, table.storeId] })],
);
export type OwedDay = typeof owedDays.$inferSelect;

/** A row of a ledger, by whose and its number. */
export type LedgerKey = readonly [memberId: MemberId, seq: number];

/** 明细: the ledger rows behind a 日账, as many together as were found together. */
export const owedRows = sqliteTable(
  'owed_rows',
  {
    onDay: text().notNull(),
    account: text({ enum: owedAccounts }).notNull(),
    move: text({ enum: owedMoves }).notNull(),
    storeId: text().notNull(),
    page: integer().notNull(),
    keys: text({ mode: 'json' }).notNull().$type<readonly LedgerKey[]>(),
  },
  (table) => [primaryKey({ columns: [table.onDay, table.account, table.move, table.storeId, table.page] })],
);
export type OwedRows = typeof owedRows.$inferSelect;

/** 日结: what was owed at the end of a day, added up from what stood on every account. */
export const owedCloses = sqliteTable('owed_closes', {
  onDay: text().primaryKey(),
  points: integer().notNull(),
  /** 待到账: what of the points could not be spent yet. */
  pending: integer().notNull(),
  principal: integer().notNull(),
  bonus: integer().notNull(),
  wallet: integer().notNull(),
  prepaid: integer().notNull(),
  /** 每 100 积分值多少, as the shop had set it when the day was closed. */
  worthFen: integer().notNull(),
  closedAt: integer().notNull(),
});
export type OwedClose = typeof owedCloses.$inferSelect;
export type OwedSums = Omit<OwedClose, 'onDay' | 'worthFen' | 'closedAt'>;

/** 正在结的一天: how far the books have gone through the members; one row at most. */
export const owedWalks = sqliteTable('owed_walks', {
  /** Always 1. */
  id: integer().primaryKey(),
  onDay: text().notNull(),
  /** The last member that was looked at. */
  at: text().notNull(),
  /** How often it went on; a write based on an older reading is refused. */
  rev: integer().notNull(),
  /** What stood at the beginning of the day, and at its end. */
  opening: text({ mode: 'json' }).notNull().$type<OwedSums>(),
  closing: text({ mode: 'json' }).notNull().$type<OwedSums>(),
});
export type OwedWalk = Omit<typeof owedWalks.$inferSelect, 'id'>;
