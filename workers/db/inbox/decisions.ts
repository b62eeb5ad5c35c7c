/** 处理结果 in the database: a decision is inserted once and for all; only what waited or was parked may be decided anew. */
import type { AwaitedId, DecidedState, MemberId, Reason } from '../../../schema/index.ts';
import { json, statement, type Statement } from '../db.ts';
import { isForgotten } from '../members/forgotten.ts';
import { list, rowsOf } from '../set.ts';
import { decidedTo, undecided } from './event-rows.ts';
import { packOutcome } from './outcome-words.ts';

/** What becomes of an inbox row. */
export type Closing = {
  readonly seq: number;
  readonly state: DecidedState;
  /** 当事人, as far as it was found out. */
  readonly memberId: MemberId | null;
  /** They were forgotten: the event leaves no body. */
  readonly isEmptied?: true;
  readonly note: Reason | null;
  readonly waitsFor: AwaitedId | null;
  readonly outcome: object | null;
  /** The decision it takes the place of, as it was read. */
  readonly replaces?: 'waiting' | 'parked';
};

/**
 * The claim: of everything that a group brings about, nothing stands unless all of its events were undecided. Whoever comes second
 * breaks the key, and with it the batch.
 */
export const claimEvents = (closings: readonly Closing[], now: number): Statement[] =>
  closings.length === 0
    ? []
    : [
        ...stillAwaited(closings),
        ...makeRoom(closings),
        insertDecisions(closings, now, ''),
        ...emptyBodies(closings),
        ...tidy(closings),
      ];

/** For events that bring about nothing: whoever decided one first has decided it. */
export const closeEvents = (closings: readonly Closing[], now: number): Statement[] =>
  closings.length === 0
    ? []
    : [
        ...makeRoom(closings),
        insertDecisions(closings, now, ' ON CONFLICT (seq) DO NOTHING'),
        ...tidy(closings),
      ];

/** A decision without its inbox row would claim nothing: NOT NULL refuses it. */
const insertDecisions = (closings: readonly Closing[], now: number, onConflict: string): Statement =>
  statement(
    `INSERT INTO decisions (seq, state, source_id, received_at, trust, attempts, decided_at, member_id, waits_for, note, outcome)
     WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, i.source_id, i.received_at, i.trust, coalesce(o.attempts, 0), CAST(?2 AS INTEGER),
       v ->> 2, v ->> 3, v ->> 4, v ->> 5
     FROM r LEFT JOIN inbox AS i ON i.seq = v ->> 0 LEFT JOIN reopened AS o ON o.seq = v ->> 0 WHERE true${onConflict}`,
    list(
      closings.map(({ seq, state, memberId, note, waitsFor, outcome }) => [
        seq,
        state,
        memberId,
        waitsFor,
        note === null ? null : json(note),
        outcome === null ? null : json(packOutcome(outcome)),
      ]),
    ),
    now,
  );

/** What is emptied keeps nothing of what its sender called it either: that may have been a phone number. */
export const emptied = `UPDATE inbox SET body = '', sender_id = '', subject = NULL`;

const emptyBodies = (closings: readonly Closing[]): Statement[] => {
  const seqs = closings.flatMap(({ seq, isEmptied }) => (isEmptied ? [seq] : []));
  return seqs.length === 0
    ? []
    : [statement(`${emptied} WHERE seq IN (SELECT value FROM json_each(?1))`, list(seqs))];
};

/** What was decided otherwise meanwhile stays, and breaks the key. */
function makeRoom(closings: readonly Closing[]): Statement[] {
  const replaced = closings.flatMap(({ seq, replaces }) => (replaces ? [[seq, replaces]] : []));
  if (replaced.length === 0) return [];
  const waited = replaced.flatMap(([seq, state]) => (state === 'waiting' ? [seq] : []));
  return [
    ...(waited.length > 0 ? [emptyForgotten(waited)] : []),
    statement(
      `DELETE FROM decisions WHERE seq IN (SELECT d.seq FROM json_each(?1) AS j CROSS JOIN decisions AS d
         ON d.seq = j.value ->> 0 WHERE d.state = j.value ->> 1)`,
      list(replaced),
    ),
  ];
}

/** Whoever it waited with was forgotten meanwhile: now that it is decided, its body goes as well. */
const emptyForgotten = (seqs: readonly unknown[]): Statement =>
  statement(
    `${emptied} WHERE seq IN (SELECT d.seq FROM json_each(?1) AS j CROSS JOIN decisions AS d ON d.seq = j.value
       WHERE d.state = 'waiting' AND d.member_id IS NOT NULL AND ${isForgotten('d.member_id')})`,
    list(seqs),
  );

/** Refuses to let an event wait for a sale that was applied since it was looked for. */
function stillAwaited(closings: readonly Closing[]): Statement[] {
  const awaited = closings.flatMap(({ waitsFor }) => (waitsFor === null ? [] : [waitsFor]));
  if (awaited.length === 0) return [];
  return [
    statement(
      `INSERT INTO guards (name) SELECT 'awaited' FROM sales WHERE id IN (SELECT value FROM json_each(?1))
       UNION ALL SELECT 'awaited' FROM sale_payments WHERE payment IN (SELECT value FROM json_each(?1))
       UNION ALL SELECT 'awaited' FROM stored_moves WHERE id IN (SELECT value FROM json_each(?1))`,
      list(awaited),
    ),
  ];
}

/** Written once for so many events, and so many are looked over again in between. */
const decidedToEvery = 20;

function tidy(closings: readonly Closing[]): Statement[] {
  const seqs = closings.map(({ seq }) => seq);
  const [first, last] = [Math.min(...seqs), Math.max(...seqs)];
  return [
    statement(
      `DELETE FROM reopened WHERE seq BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = reopened.seq)`,
      first,
      last,
    ),
    statement(
      `INSERT INTO settings (key, value) SELECT 'decided_to', CAST(reached AS TEXT) FROM (SELECT coalesce(
         (SELECT t.seq FROM ${undecided} ORDER BY t.seq LIMIT 1) - 1, (SELECT max(seq) FROM inbox)) AS reached)
       WHERE reached >= ${decidedTo} + ${decidedToEvery} ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    ),
  ];
}

/** The other side could not say what a parked notice names: asked once more, and counted. */
export const countAsking = (seq: number): Statement =>
  statement(`UPDATE decisions SET attempts = attempts + 1 WHERE seq = ?1 AND state = 'parked'`, seq);
