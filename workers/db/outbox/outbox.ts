/** 发件箱 in the database: due rows are leased, and get their verdict. */
import { outbox, type Message, type PassedOver } from '../../../schema/index.ts';
import { arriveEarly } from './arrivals.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, list, rowsOf, selectList } from '../set.ts';

export async function leaseMessages(db: Db, limit: number, now: number, leaseMs: number): Promise<Message[]> {
  const results = await db.batch([
    statement(
      `UPDATE outbox SET lease_until = CAST(?2 AS INTEGER), attempts = attempts + 1 WHERE seq IN (
         SELECT seq FROM outbox WHERE state = 'pending' AND in_hand = 0 AND due_at <= ?1 AND (lease_until IS NULL OR lease_until <= ?1)
         ORDER BY due_at, seq LIMIT ?3)
       RETURNING ${selectList(outbox, 'outbox')}`,
      now,
      now + leaseMs,
      limit,
    ),
  ]);
  // RETURNING keeps no order; the oldest message goes first.
  return decodeAll(outbox, rowsAt(results, 0)).toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
}

export type MessageClosing = {
  readonly seq: number;
  /** The lease of this drain: a newer lease wins. */
  readonly leaseUntil: number;
  readonly state: Message['state'];
  readonly dueAt: number;
  readonly attempts: number;
  readonly channel: string | null;
  readonly lastError: string | null;
  readonly receipt: string | null;
  readonly passedOver: readonly PassedOver[] | null;
};

/** Writes the verdicts, and with them whatever else came to light on the way: one round trip. */
export async function closeMessages(
  db: Db,
  closings: readonly MessageClosing[],
  besides: readonly Statement[],
  now: number,
): Promise<void> {
  const rows = closings.map((closing) => [
    closing.seq,
    closing.leaseUntil,
    closing.state,
    closing.dueAt,
    closing.channel,
    closing.lastError,
    closing.receipt,
    closing.attempts,
    closing.passedOver,
  ]);
  const receipts = closings.flatMap(({ receipt }) => receipt ?? []);
  await db.batch([
    statement(
      `WITH ${rowsOf('?1')}
       UPDATE outbox SET state = v ->> 2, due_at = v ->> 3, channel = v ->> 4, last_error = v ->> 5, receipt = v ->> 6,
         attempts = v ->> 7, passed_over = v ->> 8, lease_until = NULL, in_hand = 0,
         ended_at = CASE v ->> 2 WHEN 'pending' THEN NULL ELSE CAST(?2 AS INTEGER) END
       FROM r WHERE outbox.seq = v ->> 0 AND outbox.lease_until = v ->> 1 AND outbox.state = 'pending'`,
      list(rows),
      now,
    ),
    ...(receipts.length > 0 ? [arriveEarly(receipts, now)] : []),
    ...besides,
  ]);
}
