/** 待办: events that nobody has decided. Nothing is kept for them: they are what arrived last, and what was reopened. */
import type { InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeEvents, eventList, events, pendingSeqs, undecided } from './event-rows.ts';

/** Bodies in memory at a time: an isolate has 128 MB, and reading makes several times the text of it. */
export const pendingBytesMax = 8_000_000;

export type Pending = {
  /** The oldest first: at most as many as were asked for, and no more than fit into memory. */
  readonly events: readonly InboxEvent[];
  /** How many were found, the ones included that did not fit. */
  readonly found: number;
};

/** Reading claims nothing: whoever applies first wins, and the others notice. The first event is read however large it is. */
export async function readPending(db: Db, limit: number): Promise<Pending> {
  const results = await db.batch([
    statement(
      `WITH p(seq) AS MATERIALIZED (${pendingSeqs('ASC', '?1')} ORDER BY 1 LIMIT ?1),
         sized(seq, place, bytes, found) AS MATERIALIZED (SELECT p.seq, row_number() OVER so_far, sum(octet_length(i.body)) OVER so_far,
           count(*) OVER () FROM p CROSS JOIN inbox AS i ON i.seq = p.seq
           WINDOW so_far AS (ORDER BY p.seq ROWS UNBOUNDED PRECEDING))
       SELECT ${eventList}, s.found FROM sized AS s CROSS JOIN ${events} AS t ON t.seq = s.seq
       WHERE s.bytes <= ${pendingBytesMax} OR s.place = 1 ORDER BY s.seq`,
      limit,
    ),
  ]);
  const rows = rowsAt(results, 0);
  return { events: decodeEvents(rows), found: Number(rows[0]?.['found'] ?? 0) };
}

/** That one, if nobody has decided it. */
export async function pendingEvent(db: Db, id: string): Promise<InboxEvent[]> {
  const results = await db.batch([
    statement(`SELECT ${eventList} FROM ${events} AS t WHERE t.id = ?1 AND t.state = 'received'`, id),
  ]);
  return decodeEvents(rowsAt(results, 0));
}

/** Counts an attempt before it is made, so that an event that kills its consumer is found out. */
export const countAttempt = (seq: number): Statement =>
  statement(
    `INSERT INTO reopened (seq, attempts) SELECT ?1, 1 WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE seq = ?1)
     ON CONFLICT (seq) DO UPDATE SET attempts = attempts + 1`,
    seq,
  );

/** When the oldest of them arrived, as one value; null when nothing is pending. Of what was reopened, the first is asked. */
export const oldestPending = `SELECT min(received_at) AS "receivedAt" FROM inbox WHERE seq IN
  ((SELECT t.seq FROM ${undecided} ORDER BY t.seq LIMIT 1), (SELECT min(seq) FROM reopened))`;
