/** 群发: one text or article for many followers, and how many each of them has had this month. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { GroupId, StoreId } from '../plain/ids.ts';

/** WeChat gives each person at most four a calendar month from one 服务号, whoever sends them (wechat.md §4.7). */
export const massPerMonthMax = 4;

/** 发给谁: every follower, the members with a tag, of a group or of a store, or the people named. */
export type MassAudience =
  | { readonly all: true }
  | { readonly tag: string }
  | { readonly group: GroupId }
  | { readonly storeId: StoreId }
  | { readonly openids: readonly string[] }
  | { readonly memberIds: readonly string[] };

export type MassContent = { readonly text: string } | { readonly mediaId: string };

/** stopped: WeChat refuses it, and a person has to look at it. */
export const massStates = ['waiting', 'sending', 'done', 'stopped'] as const;

export const massMessages = sqliteTable(
  'mass_messages',
  {
    id: text().primaryKey(),
    content: text({ mode: 'json' }).notNull().$type<MassContent>(),
    /** Lists are emptied when the mass message has ended: nobody's openid is kept longer than needed. */
    audience: text({ mode: 'json' }).notNull().$type<MassAudience>(),
    state: text({ enum: massStates }).notNull(),
    dueAt: integer().notNull(),
    /** The last openid that was put on a page or passed over; the next page begins after it. */
    cursor: text().notNull(),
    pages: integer().notNull(),
    /** How many are on pages so far, and how many were passed over because they already had four. */
    recipients: integer().notNull(),
    overLimit: integer().notNull(),
    /** True when every recipient has been looked at. */
    isListed: integer({ mode: 'boolean' }).notNull(),
    /** Why it stopped, or another remark for the merchant. */
    note: text(),
    createdAt: integer().notNull(),
    endedAt: integer(),
  },
  (table) => [
    index('mass_messages_open')
      .on(table.dueAt)
      .where(sql`state IN ('waiting', 'sending')`),
    check('mass_state', sql`${table.state} IN ('waiting', 'sending', 'done', 'stopped')`),
    check('mass_counts', sql`${table.recipients} >= 0 AND ${table.overLimit} >= 0`),
  ],
);
export type MassMessage = typeof massMessages.$inferSelect;

/** unsure: WeChat was called and its answer is unknown; calling again could send the page twice. */
export const massPageStates = ['pending', 'sent', 'refused', 'unsure'] as const;

/** One call to WeChat: every attempt has the same people and the same id. */
export const massPages = sqliteTable(
  'mass_pages',
  {
    massId: text().notNull(),
    page: integer().notNull(),
    /** The Shanghai month in which these people were counted, YYYY-MM. */
    month: text().notNull(),
    /** Emptied when the page has ended. */
    openids: text({ mode: 'json' }).notNull().$type<readonly string[]>(),
    recipients: integer().notNull(),
    state: text({ enum: massPageStates }).notNull(),
    dueAt: integer().notNull(),
    leaseUntil: integer(),
    attempts: integer().notNull(),
    /** Since when WeChat may have received it without our knowing; null while it certainly has not. */
    unsureSince: integer(),
    /** WeChat's number for it: MASSSENDJOBFINISH comes back under it. */
    msgId: text(),
    lastError: text(),
  },
  (table) => [
    primaryKey({ columns: [table.massId, table.page] }),
    index('mass_pages_pending')
      .on(table.dueAt)
      .where(sql`state = 'pending'`),
    check('mass_page_state', sql`${table.state} IN ('pending', 'sent', 'refused', 'unsure')`),
  ],
);
export type MassPage = typeof massPages.$inferSelect;

/**
 * 本月已群发: counted before sending, so that nobody gets a fifth one even when two drains send at once. One row for each person; a
 * new month begins at 1.
 */
export const massCounters = sqliteTable(
  'mass_counters',
  {
    openid: text().primaryKey(),
    month: text().notNull(),
    sent: integer().notNull(),
  },
  (table) => [check('mass_monthly', sql`${table.sent} BETWEEN 0 AND 4`)],
);

/** 群发回执: what WeChat reports afterwards. It may arrive before we have recorded that WeChat took the page. */
export const massReceipts = sqliteTable('mass_receipts', {
  msgId: text().primaryKey(),
  /** `send success`, `send fail`, `err(10001)` … */
  status: text().notNull(),
  total: integer().notNull(),
  filtered: integer().notNull(),
  sent: integer().notNull(),
  failed: integer().notNull(),
  at: integer().notNull(),
});
export type MassReceipt = typeof massReceipts.$inferSelect;
export type MassCounts = Omit<MassReceipt, 'msgId' | 'at'>;
