/** 收件箱 for whoever looks into it: one event, and telling it again. */
import { inbox, type EventId, type InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

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
     WHERE seq = ?1 AND state <> 'received' AND body <> ''`,
    seq,
  );
