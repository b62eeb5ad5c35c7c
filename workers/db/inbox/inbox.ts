/** 收件箱 in the database: what was verified is stored before anything else happens to it. */
import type { EventId, Trust } from '../../../schema/index.ts';
import { json, statement, type Db, type Statement } from '../db.ts';
import { rowsOf } from '../set.ts';
import { packBody } from './packed-body.ts';

export type ReceivedEvent = {
  readonly id: EventId;
  readonly sourceId: string;
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  readonly receivedAt: number;
  /** Whom WeChat speaks of. */
  readonly subject?: string | null;
  readonly trust?: Trust | null;
};

/** A JSON parameter larger than this is refused by D1 (2 MB), and escaping can double a body. */
const insertBytesMax = 700_000;

/** Ids that were new; the others were there already. One round trip, however many events. */
export async function storeEvents(db: Db, events: readonly ReceivedEvent[]): Promise<Set<EventId>> {
  const results = await db.batch(chunks(events).map(insertEvents));
  // The statement returns the ids it inserted.
  return new Set(results.flatMap(({ rows }) => rows.map(({ id }) => id as EventId)));
}

function chunks(events: readonly ReceivedEvent[]): ReceivedEvent[][] {
  const all: ReceivedEvent[][] = [];
  let current: ReceivedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    if (current.length > 0 && bytes + event.body.length > insertBytesMax) {
      all.push(current);
      current = [];
      bytes = 0;
    }
    current.push(event);
    bytes += event.body.length;
  }
  if (current.length > 0) all.push(current);
  return all;
}

/** The length of the part of an id that is made of the source and the sender's id; the rest is made of the body. */
export const eventKeyLength = 27;

/** Of the events in hand, the ones under the same key; the statement counts only those that are stored. */
function earlierRevisions(): (id: EventId) => number {
  const seen = new Map<string, Set<EventId>>();
  return (id) => {
    const key = id.slice(0, eventKeyLength);
    const ids = seen.get(key) ?? new Set();
    seen.set(key, ids);
    const earlier = ids.size;
    ids.add(id);
    return earlier;
  };
}

function insertEvents(events: readonly ReceivedEvent[]): Statement {
  const earlier = earlierRevisions();
  const rows = events.map(
    ({ id, sourceId, senderId, type, receivedAt, body, subject = null, trust = null }) => [
      id,
      sourceId,
      senderId,
      type,
      receivedAt,
      packBody(body),
      earlier(id),
      subject,
      trust,
    ],
  );
  return statement(
    `INSERT INTO inbox (id, source_id, sender_id, type, received_at, body, revision, subject, trust)
     WITH ${rowsOf('?1')}
     SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4, v ->> 5,
       1 + (v ->> 6) + (SELECT count(*) FROM inbox AS other WHERE other.id >= substr(v ->> 0, 1, ${eventKeyLength})
            AND other.id < substr(v ->> 0, 1, ${eventKeyLength}) || '~'),
       v ->> 7, v ->> 8
     FROM r WHERE true ON CONFLICT (id) DO NOTHING RETURNING id`,
    json(rows),
  );
}
