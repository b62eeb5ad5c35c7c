/** 入库: stores verified events as inbox rows, or through the queue when the database stalls. */
import type { Trust } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import { storeEvents, type ReceivedEvent } from '../db/inbox/inbox.ts';
import { eventIdOf } from '../engine/event-ids.ts';
import type { Doorbell } from '../engine/ports.ts';
import { log } from '../platform/log.ts';
import { problemResponse, type Problem } from '../platform/problem.ts';
import { withTimeout } from '../platform/timeout.ts';

/** One event of a request: the sender's own id and type, and its exact text. */
export type RawEvent = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  /** The openid that the event is about. */
  readonly subject?: string;
  /** How far its request may be trusted. */
  readonly trust?: Trust;
};

export type Stored = { readonly senderId: string; readonly eventId: string; readonly isDuplicate: boolean };

/** ERPs wait two seconds: within that time we try the database, then the queue, and then ask the sender to retry. */
const storeTimeoutMs = 1_200;
const handOverTimeoutMs = 600;
/** A queue message holds 128 KB, its wrapping included. */
const handOverBytesMax = 100_000;
const retryAfterSeconds = 5;

type Intake = { readonly db: Db; readonly doorbell: Doorbell };

/** Stores each event once; null when they could not be stored anywhere. */
export async function takeIn(
  intake: Intake,
  sourceId: string,
  raw: readonly RawEvent[],
  now: number,
): Promise<readonly Stored[] | null> {
  const events = await Promise.all(raw.map((event) => toReceived(event, sourceId, now)));
  const fresh = await store(intake, events);
  if (fresh === null) return null;
  return events.map(({ id, senderId }) => {
    // The second of two equal events in one batch is a duplicate.
    const isDuplicate = !fresh.delete(id);
    return { senderId, eventId: id, isDuplicate };
  });
}

export const notStoredProblem: Problem = {
  status: 503,
  code: 'not_stored',
  detail: 'nothing was stored; send it again',
  retryAfterSeconds,
};
export const notStored = (): Response => problemResponse(notStoredProblem);

async function toReceived(event: RawEvent, sourceId: string, now: number): Promise<ReceivedEvent> {
  return { ...event, id: await eventIdOf(sourceId, event.senderId, event.body), sourceId, receivedAt: now };
}

/** The ids that are new; null when they could not be stored anywhere. */
async function store(
  { db, doorbell }: Intake,
  events: readonly ReceivedEvent[],
): Promise<Set<string> | null> {
  try {
    const fresh = await withTimeout(storeEvents(db, events), storeTimeoutMs);
    if (fresh.size > 0) doorbell.ring();
    return new Set(fresh);
  } catch (error) {
    log('warn', 'inbox_unreachable', { why: error instanceof Error ? error.message : 'unknown' });
    const bytes = events.reduce((sum, { body }) => sum + body.length * 3, 0);
    if (bytes > handOverBytesMax) return null;
  }
  try {
    // Whether they are new shows when the database answers again; storing them twice changes nothing.
    await withTimeout(doorbell.handOver(events), handOverTimeoutMs);
    return new Set(events.map(({ id }) => id));
  } catch {
    return null;
  }
}
