/** 送达回执 in the database: whether messages arrived, even when the receipt comes before the sending is recorded. */
import type { Arrival } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';
import { isInHand } from './in-hand.ts';

export type Receipt = { readonly receipt: string; readonly arrival: Arrival; readonly why: string | null };

/** A receipt comes seconds after its message; one without a message for a day is not for ours. */
const earlyKeptMs = 86_400_000;

/**
 * Notes the receipts. A message that did not arrive is tried once more: its channel is noted as tried, and the router picks
 * another. A message emptied by a deletion is left alone.
 */
const arrive = (
  source: string,
  { receipt, arrival, why }: Readonly<Record<keyof Receipt, string>>,
): string => {
  const isRetaken = `(${arrival} <> 'delivered' AND state = 'sent' AND payload <> '{}'
    AND coalesce(passed_over, '') NOT LIKE '%"isTried"%')`;
  const ifRetaken = (then: string, otherwise: string): string =>
    `CASE WHEN ${isRetaken} THEN ${then} ELSE ${otherwise} END`;
  return `UPDATE outbox SET arrival = ${ifRetaken('NULL', arrival)},
    last_error = coalesce(${why}, last_error),
    state = ${ifRetaken(`'pending'`, 'state')},
    due_at = ${ifRetaken('CAST(?2 AS INTEGER)', 'due_at')},
    attempts = ${ifRetaken('0', 'attempts')},
    ended_at = ${ifRetaken('NULL', 'ended_at')},
    passed_over = ${ifRetaken(
      `json_insert(coalesce(passed_over, '[]'), '$[#]',
         json_object('channel', channel, 'why', coalesce(${why}, ${arrival}), 'isTried', json('true')))`,
      'passed_over',
    )}
    FROM ${source} WHERE outbox.receipt = ${receipt}`;
};

/** A message that is just being sent has no number yet: its receipt is put aside until `arriveEarly` finds it. */
export function noteReceipts(receipts: readonly Receipt[], now: number): Statement[] {
  if (receipts.length === 0) return [];
  const rows = list(receipts.map(({ receipt, arrival, why }) => [receipt, arrival, why]));
  const said = { receipt: 'v ->> 0', arrival: 'v ->> 1', why: 'v ->> 2' };
  return [
    statement(`DELETE FROM early_receipts WHERE at < ?1`, now - earlyKeptMs),
    statement(
      `INSERT INTO early_receipts (receipt, arrival, why, at) WITH ${rowsOf('?1')}
       SELECT v ->> 0, v ->> 1, v ->> 2, CAST(?2 AS INTEGER) FROM r
       WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.receipt = v ->> 0)
         AND (EXISTS (SELECT 1 FROM outbox WHERE state = 'pending' AND in_hand = 0 AND due_at <= ?2 AND lease_until > ?2)
           OR ${isInHand('?2')})
       ON CONFLICT (receipt) DO NOTHING`,
      rows,
      now,
    ),
    statement(`WITH ${rowsOf('?1')} ${arrive('r', said)}`, rows, now),
  ];
}

/** For messages whose numbers have just been written down. */
export const arriveEarly = (receipts: readonly string[], now: number): Statement =>
  statement(
    `${arrive('early_receipts AS e', { receipt: 'e.receipt', arrival: 'e.arrival', why: 'e.why' })}
     AND e.receipt IN (SELECT value FROM json_each(?1))`,
    list(receipts),
    now,
  );
