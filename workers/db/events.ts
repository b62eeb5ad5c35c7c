/** 收件箱 for whoever looks into it: lists, one event, and telling one again. */
import { inbox, type EventId, type EventState, type InboxEvent } from '../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from './db.ts';
import { edges, numberedPage, window, type NumberedPage } from './paging.ts';
import { decodeAll, selectList } from './set.ts';

/** These few have an index of their own; everything else is looked for from the newest backwards. */
const indexed: ReadonlySet<EventState> = new Set(['received', 'waiting', 'parked']);

export type EventFilter = { readonly state: EventState | null; readonly source: string | null };

export async function listEvents(
  db: Db,
  { state, source }: EventFilter,
  before: number,
  limit: number,
): Promise<NumberedPage<InboxEvent>> {
  const isEasy = (state === null && source === null) || (state !== null && indexed.has(state));
  const conditions = ['t.seq < ?1', '(?3 IS NULL OR t.source_id = ?3)'];
  // A partial index is found by its own words, so the state is written out: it is one of five of ours.
  if (state !== null) conditions.push(`t.state = '${state}'`);
  if (!isEasy) conditions.push(window('inbox'));
  const results = await db.batch([
    statement(
      `SELECT ${selectList(inbox, 't')} FROM inbox AS t WHERE ${conditions.join(' AND ')}
       ORDER BY t.seq DESC LIMIT ?2`,
      before,
      limit + 1,
      source,
    ),
    ...(isEasy ? [] : [edges('inbox')]),
  ]);
  return numberedPage(decodeAll(inbox, rowsAt(results, 0)), limit, before, results[1]?.rows[0]);
}

export async function readEvent(db: Db, id: EventId): Promise<InboxEvent | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(inbox, 't')} FROM inbox AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(inbox, rowsAt(results, 0))[0] ?? null;
}

/** What it brought about stays beside it: telling it again changes nothing that was applied. */
export const replayEvent = (seq: number): Statement =>
  statement(
    `UPDATE inbox SET state = 'received', attempts = 0, note = NULL, waits_for = NULL
     WHERE seq = ?1 AND state <> 'received'`,
    seq,
  );
