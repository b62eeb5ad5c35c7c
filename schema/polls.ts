/** 轮询: where we are in reading a system that does not push, and what it has cost of its daily allowance. */
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { StoreTotals } from './reconciliation.ts';

/** A record that has to be asked about once more before it is understood: a return, for the sale it returns. */
export type OpenQuestion = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  /** How often the other side answered that it cannot say. */
  readonly attempts: number;
};

/** Days as the other side told them, by date and store: read so far, and read to their end but not yet compared. */
export type Tally = {
  readonly running: readonly CountedDay[];
  readonly whole: readonly (CountedDay & { readonly saidAt: number })[];
};
export type CountedDay = { readonly date: string; readonly stores: readonly StoreTotals[] };

export type Session = { readonly token: string; readonly expiresAt: number };

/** One row per list that is read; `window` is being read page by page, `readTo` is behind us. */
export const polls = sqliteTable(
  'polls',
  {
    sourceId: text().notNull(),
    stream: text().notNull(),
    readTo: integer().notNull(),
    /** Nothing older is asked for: what was sold before the systems were joined earns nothing. */
    notBefore: integer().notNull(),
    windowFrom: integer(),
    windowTo: integer(),
    /** Where the next page of the window begins, as the other side or the kind wrote it; null is the first page. */
    page: text(),
    questions: text({ mode: 'json' }).notNull().$type<readonly OpenQuestion[]>(),
    /** The day on which the last days were read once more, for what was uploaded late or voided since. */
    lookedBackOn: text(),
    nextAt: integer().notNull(),
    /** A step is being made until then; if it is never finished, the next one begins where it began. */
    leaseUntil: integer(),
    failures: integer().notNull(),
    backOffUntil: integer(),
    lastOkAt: integer(),
    /** When something new last came: a long silence is shown to the merchant. */
    lastEventAt: integer(),
    lastError: text(),
    /** Rises with every step; a write based on an older reading is refused. */
    version: integer().notNull(),
    /** What the window has counted so far, and the days that it has counted to their end. */
    tally: text({ mode: 'json' }).$type<Tally>(),
    /** What lets us in for a while, where the other side wants it; shown to nobody. */
    session: text({ mode: 'json' }).$type<Session>(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.stream] }),
    check('polls_window', sql`(${table.windowFrom} IS NULL) = (${table.windowTo} IS NULL)`),
    check('polls_failures', sql`${table.failures} >= 0`),
  ],
);
export type Poll = typeof polls.$inferSelect;

/** Counted before the request leaves: a process that dies in between has spent it all the same. */
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
