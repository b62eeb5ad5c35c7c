/** 发件箱 for whoever looks into it: lists, one message, and trying one again. */
import { outbox, type Message, type StoreId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { edges, numberedPage, window, type NumberedPage } from '../paging.ts';
import { decodeAll, list, selectList } from '../set.ts';

export async function listMessages(
  db: Db,
  state: Message['state'] | null,
  before: number,
  limit: number,
): Promise<NumberedPage<Message>> {
  const conditions = ['t.seq < ?1', '(?3 IS NULL OR t.state = ?3)'];
  if (state !== null) conditions.push(window('outbox'));
  const results = await db.batch([
    statement(
      `SELECT ${selectList(outbox, 't')} FROM outbox AS t WHERE ${conditions.join(' AND ')}
       ORDER BY t.seq DESC LIMIT ?2`,
      before,
      limit + 1,
      state,
    ),
    ...(state === null ? [] : [edges('outbox')]),
  ]);
  return numberedPage(decodeAll(outbox, rowsAt(results, 0)), limit, before, results[1]?.rows[0]);
}

export async function readMessage(db: Db, seq: number): Promise<Message | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(outbox, 't')} FROM outbox AS t WHERE t.seq = ?1`, seq),
  ]);
  return decodeAll(outbox, rowsAt(results, 0))[0] ?? null;
}

/** What those are called whom messages are for; members only of these stores, null is all. */
export async function addressees(
  db: Db,
  messages: readonly Message[],
  stores: readonly StoreId[] | null,
): Promise<ReadonlyMap<string, string>> {
  const ids = messages.flatMap(({ memberId, associateId }) => [memberId, associateId]).filter(Boolean);
  const results = await db.batch([
    statement(
      `SELECT m.id, m.name FROM json_each(?1) AS j CROSS JOIN members AS m ON m.id = j.value
       WHERE m.deleted_at IS NULL AND (?2 IS NULL OR m.store_id IN (SELECT value FROM json_each(?2)))
       UNION SELECT a.id, a.name FROM json_each(?1) AS j CROSS JOIN associates AS a ON a.id = j.value`,
      list([...new Set(ids)]),
      stores === null ? null : list(stores),
    ),
  ]);
  return new Map(
    rowsAt(results, 0).map(({ id, name }) => [String(id), typeof name === 'string' ? name : '没有填称呼']),
  );
}

export const retryMessage = (seq: number, now: number): Statement =>
  statement(
    `UPDATE outbox SET state = 'pending', attempts = 0, due_at = CAST(?2 AS INTEGER), lease_until = NULL, ended_at = NULL,
       passed_over = NULL
     WHERE seq = ?1 AND state = 'parked'`,
    seq,
    now,
  );
