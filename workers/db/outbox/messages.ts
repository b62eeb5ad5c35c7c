/** 发件箱 for whoever looks into it: lists, one message, and trying one again. */
import { outbox, type Message } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { edges, numberedPage, window, type NumberedPage } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';

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

export const retryMessage = (seq: number, now: number): Statement =>
  statement(
    `UPDATE outbox SET state = 'pending', attempts = 0, due_at = CAST(?2 AS INTEGER), lease_until = NULL, ended_at = NULL,
       passed_over = NULL
     WHERE seq = ?1 AND state = 'parked'`,
    seq,
    now,
  );
