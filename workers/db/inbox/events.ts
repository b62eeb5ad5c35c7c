/** 收件箱 for whoever looks into it: one event. */
import type { EventId, InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeEvents, eventList, events } from './event-rows.ts';

export async function readEvent(db: Db, id: EventId): Promise<InboxEvent | null> {
  const results = await db.batch([statement(`SELECT ${eventList} FROM ${events} AS t WHERE t.id = ?1`, id)]);
  return decodeEvents(rowsAt(results, 0))[0] ?? null;
}
