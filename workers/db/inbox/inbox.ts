/** 收件箱 in the database: what was verified is stored before anything else happens to it. */
import {
  inbox,
  type EventId,
  type EventState,
  type InboxEvent,
  type Reason,
  type SaleId,
  type Trust,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, list, rowsOf, selectList } from '../set.ts';

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
      body,
      earlier(id),
      subject,
      trust,
    ],
  );
  return statement(
    `INSERT INTO inbox (id, source_id, sender_id, type, received_at, body, revision, state, attempts, subject, trust)
     WITH ${rowsOf('?1')}
     SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4, v ->> 5,
       1 + (v ->> 6) + (SELECT count(*) FROM inbox AS other WHERE other.id >= substr(v ->> 0, 1, ${eventKeyLength})
            AND other.id < substr(v ->> 0, 1, ${eventKeyLength}) || '~'),
       'received', 0, v ->> 7, v ->> 8
     FROM r WHERE true ON CONFLICT (id) DO NOTHING RETURNING id`,
    JSON.stringify(rows),
  );
}

/** The oldest events nobody has decided yet. Reading claims nothing: whoever applies first wins, and the others notice. */
export async function pendingEvents(db: Db, limit: number): Promise<InboxEvent[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(inbox, 't')} FROM inbox AS t WHERE t.state = 'received' ORDER BY t.seq LIMIT ?1`,
      limit,
    ),
  ]);
  return decodeAll(inbox, rowsAt(results, 0));
}

/** That one, if nobody has decided it. */
export async function pendingEvent(db: Db, id: string): Promise<InboxEvent[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(inbox, 't')} FROM inbox AS t WHERE t.id = ?1 AND t.state = 'received'`,
      id,
    ),
  ]);
  return decodeAll(inbox, rowsAt(results, 0));
}

/** Counts an attempt before it is made, so that an event that kills its consumer is found out. */
export const countAttempt = (seq: number): Statement =>
  statement(`UPDATE inbox SET attempts = attempts + 1 WHERE seq = ?1`, seq);

/** What becomes of an inbox row. */
export type Closing = {
  readonly seq: number;
  readonly state: Exclude<EventState, 'received'>;
  readonly note: Reason | null;
  readonly waitsFor: SaleId | null;
  readonly outcome: object | null;
};

export function closeEvents(closings: readonly Closing[], now: number): Statement[] {
  if (closings.length === 0) return [];
  const values = closings.map(({ seq, state, note, waitsFor, outcome }) => [
    seq,
    state,
    note === null ? null : JSON.stringify(note),
    waitsFor,
    outcome === null ? null : JSON.stringify(outcome),
  ]);
  const statements = [
    statement(
      `WITH ${rowsOf('?1')}
       UPDATE inbox SET state = v ->> 1, note = v ->> 2, waits_for = v ->> 3,
         outcome = coalesce(v ->> 4, outcome), decided_at = CAST(?2 AS INTEGER)
       FROM r WHERE inbox.seq = v ->> 0`,
      list(values),
      now,
    ),
  ];
  const awaited = closings.flatMap(({ waitsFor }) => (waitsFor === null ? [] : [waitsFor]));
  // The sale may have been applied by someone else since it was looked for: then there is nothing to wait for.
  if (awaited.length > 0) {
    statements.push(
      statement(
        `UPDATE inbox SET state = 'received' WHERE state = 'waiting' AND waits_for IN
           (SELECT id FROM sales WHERE id IN (SELECT value FROM json_each(?1)))`,
        list(awaited),
      ),
    );
  }
  return statements;
}
