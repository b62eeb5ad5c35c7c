/** 发件箱: intents to send a message, written with their cause and acted on afterwards. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId } from './ids.ts';

export const messageStates = ['pending', 'sent', 'parked'] as const;

export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer().primaryKey(),
    /** Unique by construction: the event that caused it, and what it says. */
    cause: text().notNull(),
    kind: text().notNull(),
    memberId: text().$type<MemberId>(),
    associateId: text().$type<AssociateId>(),
    payload: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
    state: text({ enum: messageStates }).notNull(),
    dueAt: integer().notNull(),
    leaseUntil: integer(),
    attempts: integer().notNull(),
    channel: text(),
    lastError: text(),
    receipt: text(),
    createdAt: integer().notNull(),
    endedAt: integer(),
  },
  (table) => [
    index('outbox_pending')
      .on(table.dueAt)
      .where(sql`state = 'pending'`),
    check('outbox_state', sql`${table.state} IN ('pending', 'sent', 'parked')`),
  ],
);
export type Message = typeof outbox.$inferSelect;
