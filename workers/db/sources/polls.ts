/** 轮询 in the database: a step is claimed and charged before it is made, and ends in the batch that stores its events. */
import { polls, sources, type Poll, type Source } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { eventKeyLength } from '../inbox/inbox.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, list, selectList, upsertSet } from '../set.ts';

export type Polled = { readonly sources: readonly Source[]; readonly polls: readonly Poll[] };

/** Everything that is polled: a merchant has a handful of systems. */
export async function readPolled(db: Db): Promise<Polled> {
  const results = await db.batch([
    statement(`SELECT ${selectList(sources, 't')} FROM sources AS t WHERE t.config -> '$.poll' IS NOT NULL`),
    statement(`SELECT ${selectList(polls, 't')} FROM polls AS t`),
  ]);
  return {
    sources: decodeAll(sources, rowsAt(results, 0)),
    polls: decodeAll(polls, rowsAt(results, 1)),
  };
}

/** A list that is read for the first time. */
export async function beginPolls(db: Db, begun: readonly Poll[]): Promise<void> {
  if (begun.length === 0) return;
  const { sql, params } = insertSet(polls, begun);
  await db.batch([{ sql: `${sql} WHERE true ON CONFLICT (source_id, stream) DO NOTHING`, params }]);
}

export type Price = { readonly day: string; readonly dayLimit: number | null };
export type Claimed = 'claimed' | 'taken' | 'spent';

/** taken: another invocation makes or made this step. spent: the day's budget is used up. */
export async function claimStep(
  db: Db,
  poll: Poll,
  leaseUntil: number,
  { day, dayLimit }: Price,
): Promise<Claimed> {
  try {
    await db.batch([
      isStillAsRead(poll),
      statement(
        `INSERT INTO poll_budgets (source_id, day, used, day_limit) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (source_id) DO UPDATE SET used = CASE WHEN day = excluded.day THEN used + 1 ELSE 1 END,
           day = excluded.day, day_limit = excluded.day_limit`,
        poll.sourceId,
        day,
        dayLimit,
      ),
      upsertSet(polls, [{ ...poll, leaseUntil, version: poll.version + 1 }]),
    ]);
    return 'claimed';
  } catch (error) {
    if (isRefusedBy(error, 'poll_budget')) return 'spent';
    if (isRefusedBy(error, 'reading_is_current')) return 'taken';
    throw error;
  }
}

/** Stores the poll's new position in one batch with its records. False when another step moved it. */
export async function endStep(
  db: Db,
  before: Poll,
  after: Poll,
  inserts: readonly Statement[],
): Promise<boolean> {
  try {
    await db.batch([
      isStillAsRead(before),
      ...inserts,
      upsertSet(polls, [{ ...after, leaseUntil: null, version: before.version + 1 }]),
    ]);
    return true;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return false;
    throw error;
  }
}

/** Writes nothing when another step moved the poll. */
export async function putTally(db: Db, poll: Poll, tally: Poll['tally']): Promise<void> {
  const after: Poll = { ...poll, tally, version: poll.version + 1 };
  try {
    await db.batch([isStillAsRead(poll), upsertSet(polls, [after])]);
  } catch (error) {
    if (!isRefusedBy(error, 'reading_is_current')) throw error;
  }
}

/** Inserts a row, which the table refuses, when another step moved the poll. */
const isStillAsRead = ({ sourceId, stream, version }: Poll): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'poll' WHERE NOT EXISTS
       (SELECT 1 FROM polls WHERE source_id = ?1 AND stream = ?2 AND version = ?3)`,
    sourceId,
    stream,
    version,
  );

/** The stored event ids that begin with these keys. */
export async function storedIds(db: Db, eventKeys: readonly string[]): Promise<ReadonlySet<string>> {
  if (eventKeys.length === 0) return new Set();
  const results = await db.batch([
    statement(
      `SELECT i.id FROM json_each(?1) AS j JOIN inbox AS i ON i.id >= j.value AND i.id < j.value || '~'`,
      list(eventKeys),
    ),
  ]);
  return new Set(rowsAt(results, 0).map(({ id }) => String(id)));
}

/** The part of an event's id that names source and sender's id, without the content. */
export const eventKey = (id: string): string => id.slice(0, eventKeyLength);
