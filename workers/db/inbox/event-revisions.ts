/** 同一事件的各次版本: an event, and what else came under its key; found by the beginning of the id, in one round trip. */
import type { EventId, InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { eventKeyLength } from './inbox.ts';
import { decodeEvents, eventList, events } from './event-rows.ts';

/** A sender that changes one event more often than this has another problem. */
const revisionsMax = 50;

export type Revisions = {
  readonly event: InboxEvent;
  /** The one before it; null when it is the first. */
  readonly previous: InboxEvent | null;
  /** The others, newest first. */
  readonly others: readonly InboxEvent[];
};

export async function readRevisions(db: Db, id: EventId): Promise<Revisions | null> {
  const key = id.slice(0, eventKeyLength);
  const results = await db.batch([
    statement(`SELECT ${eventList} FROM ${events} AS t WHERE t.id = ?1`, id),
    statement(
      `SELECT ${eventList} FROM ${events} AS t
       WHERE t.id >= ?1 AND t.id < ?1 || '~' AND t.id <> ?2 ORDER BY t.revision DESC LIMIT ?3`,
      key,
      id,
      revisionsMax,
    ),
  ]);
  const [event] = decodeEvents(rowsAt(results, 0));
  if (!event) return null;
  const others = decodeEvents(rowsAt(results, 1));
  return { event, others, previous: others.find(({ revision }) => revision < event.revision) ?? null };
}
