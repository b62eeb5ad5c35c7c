/** 收件箱: every webhook that was verified, exactly as it came, and what became of it. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { EventId, SaleId } from './ids.ts';
import type { Reason } from './reasons.ts';

export const eventStates = ['received', 'done', 'parked', 'ignored', 'waiting'] as const;
export type EventState = (typeof eventStates)[number];

/**
 * How far a verified request may be believed. `signed`: made by a holder of the secret, as it stands. `weak`: the digest can be
 * extended or re-split by someone who saw another, so only strict reading keeps it honest. `token`: came to an address that only
 * the sender knows, with nothing said about the content.
 */
export const trusts = ['signed', 'weak', 'token'] as const;
export type Trust = (typeof trusts)[number];

export const inbox = sqliteTable(
  'inbox',
  {
    seq: integer().primaryKey(),
    /** Made from source, sender's id and body: the same three are a duplicate, another body is another revision. */
    id: text().notNull().$type<EventId>(),
    sourceId: text().notNull(),
    senderId: text().notNull(),
    revision: integer().notNull(),
    type: text().notNull(),
    state: text({ enum: eventStates }).notNull(),
    receivedAt: integer().notNull(),
    body: text().notNull(),
    attempts: integer().notNull(),
    waitsFor: text().$type<SaleId>(),
    /** Why it is parked, ignored or waiting, as JSON: `note ->> '$.code'` finds the rows of one reason. */
    note: text({ mode: 'json' }).$type<Reason>(),
    /** What it brought about, as JSON. */
    outcome: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
    decidedAt: integer(),
    /** Null for what was not sent to us: read from a file, or asked for. */
    trust: text({ enum: trusts }),
    /** The openid of whom WeChat speaks, so that it can be found when it has to go; null for everything else. */
    subject: text(),
  },
  (table) => [
    uniqueIndex('inbox_id').on(table.id),
    index('inbox_received')
      .on(table.seq)
      .where(sql`state = 'received'`),
    index('inbox_waiting')
      .on(table.waitsFor)
      .where(sql`state = 'waiting'`),
    index('inbox_parked')
      .on(table.seq)
      .where(sql`state = 'parked'`),
    index('inbox_subject')
      .on(table.subject)
      .where(sql`subject IS NOT NULL`),
    check('inbox_state', sql`${table.state} IN ('received', 'done', 'parked', 'ignored', 'waiting')`),
    check('inbox_trust', sql`${table.trust} IN ('signed', 'weak', 'token')`),
  ],
);
export type InboxEvent = typeof inbox.$inferSelect;

/** The claim: the first statement of every write batch. A second writer of the same event breaks the key, and with it the batch. */
export const appliedEvents = sqliteTable('applied_events', {
  id: text().primaryKey(),
  at: integer().notNull(),
});

/** Never holds a row: inserting one is how a batch refuses to write on a stale reading. */
export const guards = sqliteTable('guards', { name: text().notNull() }, () => [
  check('reading_is_current', sql`0`),
]);
