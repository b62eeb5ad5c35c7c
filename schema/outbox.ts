/** 发件箱: intents to send a message, written with their cause and acted on afterwards. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId } from './ids.ts';

export const arrivals = ['delivered', 'blocked', 'failed'] as const;
export type Arrival = (typeof arrivals)[number];

export type PassedOver = {
  readonly channel: string;
  readonly why: string;
  /** It was sent this way, and the provider said afterwards that it did not arrive: never this way again. */
  readonly isTried?: true;
};

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
    /** For somebody who is no member yet, or one account of theirs; to an associate, whose words it carries. */
    openid: text(),
    /** What the provider said afterwards: whether it arrived. */
    arrival: text({ enum: arrivals }),
    /** Every way that was thought of and not taken, with the reason. */
    passedOver: text({ mode: 'json' }).$type<readonly PassedOver[]>(),
  },
  (table) => [
    index('outbox_pending')
      .on(table.dueAt)
      .where(sql`state = 'pending'`),
    // A passive reply is claimed by the event it answers, and by nobody else.
    index('outbox_reply')
      .on(table.cause)
      .where(sql`kind = 'reply'`),
    index('outbox_openid')
      .on(table.openid)
      .where(sql`openid IS NOT NULL`),
    index('outbox_receipt')
      .on(table.receipt)
      .where(sql`receipt IS NOT NULL`),
    check('outbox_state', sql`${table.state} IN ('pending', 'sent', 'parked')`),
  ],
);
export type Message = typeof outbox.$inferSelect;

/** 早到的回执: what a provider said of a message before we had written down that it was sent. Rare, and kept for a day. */
export const earlyReceipts = sqliteTable(
  'early_receipts',
  {
    receipt: text().primaryKey(),
    arrival: text({ enum: arrivals }).notNull(),
    why: text(),
    at: integer().notNull(),
  },
  (table) => [check('early_receipt_arrival', sql`${table.arrival} IN ('delivered', 'blocked', 'failed')`)],
);
