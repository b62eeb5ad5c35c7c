/** 积分, 成长值, 账户金额, 储值 and 预付: append-only accounts, one row per posting with the balance after it. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId, StoreId } from '../plain/ids.ts';

/** points and growth count points; wallet, principal, bonus and prepaid count fen. */
export const accounts = ['points', 'growth', 'wallet', 'principal', 'bonus', 'prepaid'] as const;
export type Account = (typeof accounts)[number];

export const ledger = sqliteTable(
  'ledger',
  {
    memberId: text().notNull().$type<MemberId>(),
    account: text({ enum: accounts }).notNull(),
    seq: integer().notNull(),
    delta: integer().notNull(),
    balance: integer().notNull(),
    /**
     * Everything the account ever received, this row included: first in, first spent can be told from it. A withdrawal that came
     * back was not spent, and is not received again.
     */
    credited: integer().notNull(),
    cause: text().notNull(),
    at: integer().notNull(),
    overdraft: integer({ mode: 'boolean' }).notNull(),
    /** 入账: when it was written; `at` is when its cause happened. */
    postedAt: integer().notNull(),
    /** Where its cause happened; null where that is no store. */
    storeId: text().$type<StoreId>(),
    /** 待到账: what of the balance waits, by the day on which it may be spent; null where nothing does. */
    waits: text({ mode: 'json' }).$type<readonly (readonly [releaseOn: string, points: number])[]>(),
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.account, table.seq] }),
    check('ledger_never_negative', sql`${table.balance} >= 0 OR ${table.overdraft} = 1`),
    check(
      'ledger_account',
      sql`${table.account} IN ('points', 'growth', 'wallet', 'principal', 'bonus', 'prepaid')`,
    ),
    check('ledger_moves', sql`${table.delta} <> 0`),
  ],
);
export type Posting = typeof ledger.$inferSelect;
