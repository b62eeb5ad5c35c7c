/** 积分, 成长值, 账户金额 and 储值: append-only accounts, one row per posting with the balance after it. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { MemberId } from './ids.ts';

/** points and growth count points; wallet, principal and bonus count fen. */
export const accounts = ['points', 'growth', 'wallet', 'principal', 'bonus'] as const;
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
  },
  (table) => [
    primaryKey({ columns: [table.memberId, table.account, table.seq] }),
    check('ledger_never_negative', sql`${table.balance} >= 0 OR ${table.overdraft} = 1`),
    check('ledger_account', sql`${table.account} IN ('points', 'growth', 'wallet', 'principal', 'bonus')`),
    check('ledger_moves', sql`${table.delta} <> 0`),
  ],
);
export type Posting = typeof ledger.$inferSelect;
