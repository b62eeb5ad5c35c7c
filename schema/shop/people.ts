/** 人员 and 登录: who works with the console, how they came in, and what they changed. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { StoreId } from '../plain/ids.ts';

const PersonId = z.string().trim().min(1).max(64).brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** 老板, 店长 (of her stores), 收银员 (the counter's pages), 导购 (her phone), 对接人 (tills and tokens). */
export const roles = ['owner', 'manager', 'cashier', 'associate', 'integrator'] as const;
export type Role = (typeof roles)[number];

export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey().$type<PersonId>(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** Of a manager or cashier: the stores whose members and sales they see. Null sees all. */
    storeIds: text({ mode: 'json' }).$type<readonly StoreId[]>(),
    /** The WeChat account that may let them in. */
    openid: text(),
    createdAt: integer().notNull(),
    /** 离职: they cannot come in any more; what they did stays under their name. */
    endedAt: integer(),
  },
  (table) => [
    check('person_role', sql`${table.role} IN ('owner', 'manager', 'cashier', 'associate', 'integrator')`),
  ],
);
export type Person = typeof people.$inferSelect;

/** 登录会话: a browser that is signed in. The role is not here: it is read with every request. */
export const consoleSessions = sqliteTable('console_sessions', {
  /** SHA-256 of the word in the browser's cookie, hex. */
  key: text().primaryKey(),
  personId: text().notNull().$type<PersonId>(),
  createdAt: integer().notNull(),
  lastAt: integer().notNull(),
  /** The browser and its system in a few words. */
  device: text().notNull(),
  /** 地点: the country and the city as the platform told them; null where it told none. */
  place: text(),
  endedAt: integer(),
});
export type ConsoleSession = typeof consoleSessions.$inferSelect;

export const entryKinds = ['link', 'scan'] as const;
export const entryStates = ['open', 'taken', 'refused'] as const;

/**
 * 登录凭证: lets a browser in, once. A link is there before anybody comes; a scan is written when somebody confirms it on the
 * phone, and lets in only the browser that showed it.
 */
export const entries = sqliteTable(
  'entries',
  {
    /** SHA-256, hex: of the link's word, or of the word in the cookie of the browser that shows the code. */
    key: text().primaryKey(),
    kind: text({ enum: entryKinds }).notNull(),
    /** Null is the first run: whoever comes first becomes the owner. */
    personId: text().$type<PersonId>(),
    state: text({ enum: entryStates }).notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
  },
  (table) => [
    check('entry_kind', sql`${table.kind} IN ('link', 'scan')`),
    check('entry_state', sql`${table.state} IN ('open', 'taken', 'refused')`),
  ],
);
export type Entry = typeof entries.$inferSelect;

/** 操作记录: who changed what, with what it was before and after. Rows are only added. */
export const auditRows = sqliteTable(
  'audit_rows',
  {
    seq: integer().primaryKey(),
    at: integer().notNull(),
    /** Null where no person was signed in: a token, or the first run. */
    personId: text().$type<PersonId>(),
    /** The name of the person or token at the time. */
    by: text().notNull(),
    /** What was done, as a code that the words know: `campaign.change`. */
    act: text().notNull(),
    /** What it was done to. */
    subject: text().notNull(),
    /** Without secrets. */
    before: text({ mode: 'json' }).$type<unknown>(),
    after: text({ mode: 'json' }).$type<unknown>(),
  },
  (table) => [index('audit_subject').on(table.subject)],
);
export type AuditRow = typeof auditRows.$inferSelect;
