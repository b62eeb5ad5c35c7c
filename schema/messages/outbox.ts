/** 发件箱: intents to send a message, written with their cause and acted on afterwards. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId } from '../plain/ids.ts';

export const arrivals = ['delivered', 'blocked', 'failed'] as const;
export type Arrival = (typeof arrivals)[number];

export type PassedOver = {
  readonly channel: string;
  readonly why: string;
  /** It was sent by this channel, and the provider reported that it did not arrive: the channel is not used for it again. */
  readonly isTried?: true;
};

export const messageStates = ['pending', 'sent', 'parked'] as const;

export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer().primaryKey(),
    /** Unique by construction: the id of the event that caused it, and what kind of message it is. */
    cause: text().notNull(),
    kind: text().notNull(),
    memberId: text().$type<MemberId>(),
    associateId: text().$type<AssociateId>(),
    payload: text({ mode: 'json' }).notNull().$type<Readonly<Record<string, unknown>>>(),
    state: text({ enum: messageStates }).notNull(),
    dueAt: integer().notNull(),
    leaseUntil: integer(),
    /**
     * Written by an invocation that sends it itself, with its lease: it enters the index of what is to be sent only if that
     * invocation lets it go, or died (`letGo` in db/outbox/in-hand.ts).
     */
    inHand: integer({ mode: 'boolean' }).notNull().default(false),
    attempts: integer().notNull(),
    channel: text(),
    lastError: text(),
    receipt: text(),
    createdAt: integer().notNull(),
    endedAt: integer(),
    /**
     * The recipient when it is no member yet, or one openid of a member; in a message to an associate, the fan whose words it
     * carries.
     */
    openid: text(),
    /** Whether it arrived, as the provider reported afterwards. */
    arrival: text({ enum: arrivals }),
    /** Every channel that was considered and not used, with the reason. */
    passedOver: text({ mode: 'json' }).$type<readonly PassedOver[]>(),
  },
  (table) => [
    index('outbox_pending')
      .on(table.dueAt)
      .where(sql`state = 'pending' AND in_hand = 0`),
    // Finds the passive reply by the event that it answers.
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

/** 早到的回执: a provider's receipt that arrived before we had recorded the sending. Rare, and kept for a day. */
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
