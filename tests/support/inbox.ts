/** 收件箱 as tests arrange it: what lies there decided, and what is decided anew although it was applied. */
import { events } from '../../workers/db/inbox/event-rows.ts';
import type { TestDb } from './sqlite.ts';

/** Every event and what became of it: `SELECT state FROM ${events}`. */
export { events };

/** Gives decisions to events that were inserted without, as if they had been decided when they came. */
export const decideAll = (db: TestDb, state: string): unknown[] =>
  db.all(
    `INSERT INTO decisions (seq, state, source_id, received_at, trust, attempts, decided_at)
     SELECT seq, ?, source_id, received_at, trust, 0, received_at FROM inbox WHERE seq NOT IN (SELECT seq FROM decisions)`,
    state,
  );

/** So many old events of a till, decided; only what a busy year would bring. */
export function fillInbox(
  db: TestDb,
  rows: number,
  { receivedAt, state = 'done' }: { receivedAt: number | 'number'; state?: string },
): void {
  db.all(
    `INSERT INTO inbox (id, source_id, sender_id, revision, type, received_at, body)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT 'ev_' || i, 'till', i, 1, 'ping', coalesce(?, i), '{}' FROM n`,
    rows,
    receivedAt === 'number' ? null : receivedAt,
  );
  decideAll(db, state);
}

/** Takes decisions back, those of applied events too: what a replay never does. */
export function forgetDecisions(db: TestDb, where = 'true'): void {
  db.all(
    `INSERT INTO reopened (seq, attempts, decided_at) SELECT seq, 0, decided_at FROM ${events} AS t WHERE t.state <> 'received' AND ${where}`,
  );
  db.all(`DELETE FROM decisions WHERE seq IN (SELECT seq FROM reopened)`);
}
