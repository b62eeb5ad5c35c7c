/** 轮询: how far a system that does not push has been read, and how many requests of its daily budget were used. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { StoreTotals } from './reconciliation.ts';

/** A record that needs one more request before it is understood, such as a refund whose sale has to be looked up. */
export type OpenQuestion = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  /** How often the vendor could not answer. */
  readonly attempts: number;
};

/** The vendor's totals by date and store: days being read, and days read to their end but not yet compared. */
export type Tally = {
  readonly running: readonly CountedDay[];
  readonly whole: readonly (CountedDay & { readonly saidAt: number })[];
};
export type CountedDay = { readonly date: string; readonly stores: readonly StoreTotals[] };

export type Session = { readonly token: string; readonly expiresAt: number };

/**
 * One row per list. The window from `windowFrom` to `windowTo` is being read page by page; everything before `readTo` has been
 * read.
 */
export const polls = sqliteTable(
  'polls',
  {
    sourceId: text().notNull(),
    stream: text().notNull(),
    readTo: integer().notNull(),
    /** Nothing older is requested: sales from before the source was connected earn nothing. */
    notBefore: integer().notNull(),
    windowFrom: integer(),
    windowTo: integer(),
    /** Where the next page of the window begins, in the form of the vendor or the poller; null is the first page. */
    page: text(),
    questions: text({ mode: 'json' }).notNull().$type<readonly OpenQuestion[]>(),
    /** The day on which the last few days were read again, for sales uploaded late or voided since. */
    lookedBackOn: text(),
    nextAt: integer().notNull(),
    /** Until then one step holds the lease; if it never finishes, the next step begins at the same place. */
    leaseUntil: integer(),
    failures: integer().notNull(),
    backOffUntil: integer(),
    lastOkAt: integer(),
    /** When the latest new record came; a long silence is shown to the merchant. */
    lastEventAt: integer(),
    lastError: text(),
    /** Rises with every step; a write based on an older reading is refused. */
    version: integer().notNull(),
    /** The totals of the window so far, and of the days that were read to their end. */
    tally: text({ mode: 'json' }).$type<Tally>(),
    /** A session token, where the vendor needs one; it is never shown. */
    session: text({ mode: 'json' }).$type<Session>(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.stream] }),
    check('polls_window', sql`(${table.windowFrom} IS NULL) = (${table.windowTo} IS NULL)`),
    check('polls_failures', sql`${table.failures} >= 0`),
  ],
);
export type Poll = typeof polls.$inferSelect;

/** Counted before the request is sent: a process that dies in between has still used it. */
export const pollBudgets = sqliteTable(
  'poll_budgets',
  {
    sourceId: text().primaryKey(),
    /** YYYY-MM-DD in the source's zone. */
    day: text().notNull(),
    used: integer().notNull(),
    dayLimit: integer(),
  },
  (table) => [check('poll_budget', sql`${table.dayLimit} IS NULL OR ${table.used} <= ${table.dayLimit}`)],
);
export type PollBudget = typeof pollBudgets.$inferSelect;
