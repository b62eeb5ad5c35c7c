/** 入库: stores verified events as inbox rows, or through the queue when the database stalls. */
import type { Trust } from '../../schema/index.ts';
import { isOverQuota, type Db } from '../db/db.ts';
import { storeEvents, type ReceivedEvent } from '../db/inbox/inbox.ts';
import { eventIdOf } from '../engine/event-ids.ts';
import type { Doorbell } from '../engine/ports.ts';
import { secondsToMidnight } from '../platform/midnight.ts';
import { log } from '../platform/log.ts';
import { problemResponse, type Problem } from '../platform/problem.ts';
import { withTimeout } from '../platform/timeout.ts';

/** One event of a request: the sender's own id and type, and its exact text. */
export type RawEvent = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  /** Of the body what is the same when it is sent again; without it, all. */
  readonly told?: string;
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

/** Stores each event once; or says why they could not be kept anywhere. */
export async function takeIn(
  intake: Intake,
  sourceId: string,
  raw: readonly RawEvent[],
  now: number,
): Promise<readonly Stored[] | Problem> {
  const events = await Promise.all(raw.map((event) => toReceived(event, sourceId, now)));
  const fresh = await store(intake, events);
  if (fresh === 'unreachable') return notStoredProblem;
  if (fresh === 'quota') return usedUp(now);
  return events.map(({ id, senderId }) => {
    // The second of two equal events in one batch is a duplicate.
    const isDuplicate = !fresh.delete(id);
    return { senderId, eventId: id, isDuplicate };
  });
}

export const notStoredProblem: Problem = {
  status: 503,
  code: 'not_stored',
  detail: 'it could not be stored for certain; send it again, nothing is counted twice',
  retryAfterSeconds,
};
export const notStored = (): Response => problemResponse(notStoredProblem);

/** A plan may be changed before midnight: nobody stays away for longer than an hour. */
const usedUp = (now: number): Problem => ({
  status: 503,
  code: 'day_used_up',
  detail:
    'what the plan of this deployment allows of a day is used up until 00:00 UTC; send it again then, nothing is counted twice',
  retryAfterSeconds: Math.min(3_600, secondsToMidnight(now)),
});

async function toReceived(
  { told, ...event }: RawEvent,
  sourceId: string,
  now: number,
): Promise<ReceivedEvent> {
  const id = await eventIdOf(sourceId, event.senderId, told ?? event.body);
  return { ...event, id, sourceId, receivedAt: now };
}

/** The ids that are new; or why they could not be kept anywhere. */
async function store(
  { db, doorbell }: Intake,
  events: readonly ReceivedEvent[],
): Promise<Set<string> | 'unreachable' | 'quota'> {
  try {
    const fresh = await withTimeout(storeEvents(db, events), storeTimeoutMs);
    if (fresh.size > 0) doorbell.ring();
    return new Set(fresh);
  } catch (error) {
    log('warn', 'inbox_unreachable', { why: error instanceof Error ? error.message : 'unknown' });
    // A queue keeps its messages for a day at most, and would offer them to a database that takes none.
    if (isOverQuota(error)) return 'quota';
    const bytes = events.reduce((sum, { body }) => sum + body.length * 3, 0);
    if (bytes > handOverBytesMax) return 'unreachable';
  }
  try {
    // Whether they are new shows when the database answers again; storing them twice changes nothing.
    await withTimeout(doorbell.handOver(events), handOverTimeoutMs);
    return new Set(events.map(({ id }) => id));
  } catch {
    return 'unreachable';
  }
}
