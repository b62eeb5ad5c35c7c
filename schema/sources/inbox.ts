/** 收件箱: every webhook that was verified, exactly as it came and never written again; what became of it stands beside it. */
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AwaitedId, EventId, MemberId } from '../plain/ids.ts';
import type { Reason } from './reasons.ts';

export const eventStates = ['received', 'done', 'parked', 'ignored', 'waiting'] as const;
export type EventState = (typeof eventStates)[number];
/** `received` is no decision: it is that there is none. */
export type DecidedState = Exclude<EventState, 'received'>;

/**
 * How far a verified request may be believed. `signed`: made by a holder of the secret, as it stands. `weak`: the digest can be
 * extended or re-split by someone who saw another, so only strict reading keeps it honest. `token`: came to an address that only
 * the sender knows, with nothing said about the content.
 */
export const trusts = ['signed', 'weak', 'token'] as const;
export type Trust = (typeof trusts)[number];

/** Written once, numbered in order of arrival; emptied when its time is up or its person has to go. */
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
    receivedAt: integer().notNull(),
    /** Exactly as it came; a longer one with the contract's keys as one letter each (packed-body.ts). */
    body: text().notNull(),
    /** Null for what was not sent to us: read from a file, or asked for. */
    trust: text({ enum: trusts }),
    /** The openid of whom WeChat speaks, so that it can be found when it has to go; null for everything else. */
    subject: text(),
  },
  (table) => [
    uniqueIndex('inbox_id').on(table.id),
    index('inbox_subject')
      .on(table.subject)
      .where(sql`subject IS NOT NULL`),
    check('inbox_trust', sql`${table.trust} IN ('signed', 'weak', 'token')`),
  ],
);

/**
 * 处理结果: one row for each event that was decided, under the number of its inbox row. The row is the claim: whoever decides an
 * event inserts it in the batch that brings the event about, and a second one breaks the key.
 */
export const decisions = sqliteTable(
  'decisions',
  {
    seq: integer().primaryKey(),
    state: text({ enum: ['done', 'parked', 'ignored', 'waiting'] }).notNull(),
    /** These three as in the inbox, so that a day is counted without a body being turned over. */
    sourceId: text().notNull(),
    receivedAt: integer().notNull(),
    trust: text({ enum: trusts }),
    /** How often it was tried; of a parked notice, how often it was asked about. */
    attempts: integer().notNull(),
    decidedAt: integer().notNull(),
    /** 当事人: whom it was found to be about, whatever became of it; null where it names nobody we know. Its body goes with them. */
    memberId: text().$type<MemberId>(),
    waitsFor: text().$type<AwaitedId>(),
    /** Why it is parked, ignored or waiting, as JSON: `note ->> '$.code'` finds the rows of one reason. */
    note: text({ mode: 'json' }).$type<Reason>(),
    /** What it brought about, as JSON, as db/inbox/outcome-words.ts writes it. */
    outcome: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [
    index('decisions_waiting')
      .on(table.waitsFor)
      .where(sql`state = 'waiting'`),
    index('decisions_parked')
      .on(table.seq)
      .where(sql`state = 'parked'`),
    check('decision_state', sql`${table.state} IN ('done', 'parked', 'ignored', 'waiting')`),
  ],
);

/** 待重办: the few undecided events with a past: told again, or tried in vain. The row goes when the event is decided. */
export const reopened = sqliteTable('reopened', {
  seq: integer().primaryKey(),
  attempts: integer().notNull(),
  /** When it was last decided; null if it never was. */
  decidedAt: integer(),
});

/** An event as everybody reads it: the row as it came, and what became of it. */
export type InboxEvent = typeof inbox.$inferSelect &
  Pick<typeof decisions.$inferSelect, 'attempts' | 'memberId' | 'waitsFor' | 'note' | 'outcome'> & {
    readonly state: EventState;
    readonly decidedAt: number | null;
  };

/** The claim of what has no row in the inbox: reminders that came due, commands. A second writer breaks the key, and the batch. */
export const appliedEvents = sqliteTable('applied_events', {
  id: text().primaryKey(),
  at: integer().notNull(),
});

/** Never holds a row: inserting one is how a batch refuses to write on a stale reading. */
export const guards = sqliteTable('guards', { name: text().notNull() }, () => [
  check('reading_is_current', sql`0`),
]);
