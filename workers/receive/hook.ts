/** 接收销售: verify the raw bytes, store, acknowledge, ring. Nothing else happens before the answer. */
import { EventId, type Source } from '../../schema/index.ts';
import { base32 } from '../base32.ts';
import type { Db } from '../db/db.ts';
import { eventKeyLength, storeEvents, type ReceivedEvent } from '../db/inbox.ts';
import { activeSecrets, type SourceCache } from '../db/sources.ts';
import type { Clock, Doorbell } from '../ports.ts';
import { problemResponse } from '../problem.ts';
import type { RawEvent } from './erp/define.ts';
import { adapterNamed } from './erp/index.ts';

export type Receiver = {
  readonly db: Db;
  readonly sources: SourceCache;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
};

const bodyBytesMax = 1_000_000;
/** WeChat waits five seconds and ERPs as little as two: a database that is slower than this is asked no longer. */
const storeTimeoutMs = 1_500;
/** A queue message holds 128 KB, its wrapping included. */
const handOverBytesMax = 100_000;
const retryAfterSeconds = 5;

export async function receiveErp(receiver: Receiver, request: Request, sourceId: string): Promise<Response> {
  const now = receiver.clock();
  let source: Source | null;
  try {
    source = await receiver.sources.get(sourceId, now);
  } catch {
    // What was known a moment ago still verifies; only a cold start has nothing to go by.
    source = receiver.sources.peek(sourceId);
    if (!source) return notStored();
  }
  const adapter = source && adapterNamed(source.adapter);
  if (!source || !adapter) {
    return problemResponse({ status: 404, code: 'unknown_source', detail: `no source is called ${sourceId.slice(0, 64)}` });
  }
  const body = await readBody(request);
  if (body === null) {
    return problemResponse({
      status: 413,
      code: 'too_large',
      detail: `a body holds at most ${bodyBytesMax} bytes; send fewer events at a time`,
    });
  }
  const refused = await adapter.verify(
    { headers: request.headers, body },
    activeSecrets(source, now),
    Math.floor(now / 1000),
  );
  if (refused) return problemResponse(refused);

  const text = decodeUtf8(body);
  if (text === null) {
    return problemResponse({ status: 400, code: 'malformed', detail: 'the body is not UTF-8' });
  }
  const split = adapter.split(text);
  if ('status' in split) return problemResponse(split);

  const events = await Promise.all(split.events.map((event) => toReceived(event, source.id, now)));
  const fresh = await store(receiver, events);
  if (fresh === null) return notStored();
  const stored = events.map(({ id, senderId }) => {
    // The second of two alike in one batch is a duplicate of the first.
    const isDuplicate = !fresh.delete(id);
    return { senderId, eventId: id, isDuplicate };
  });
  return adapter.acknowledge(stored, split.isBatch);
}

const notStored = (): Response =>
  problemResponse({
    status: 503,
    code: 'not_stored',
    detail: 'nothing was stored; send it again',
    retryAfterSeconds,
  });

/** Stops reading at the limit, whatever content-length says. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  if (!request.body) return new Uint8Array();
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > bodyBytesMax) return null;
  if (declared > 0) {
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.length > bodyBytesMax ? null : whole;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bodyBytesMax) return null;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function decodeUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return null;
  }
}

const idPrefix = 'ev_';
const bodyDigits = 16;

/** The same sender's id and body give the same event id; the same id with another body is another revision of it. */
async function toReceived(event: RawEvent, sourceId: string, now: number): Promise<ReceivedEvent> {
  const [key, body] = await Promise.all([
    digest(`${sourceId}\n${event.senderId}`),
    digest(event.body),
  ]);
  const id = idPrefix + base32(key, eventKeyLength - idPrefix.length) + base32(body, bodyDigits);
  return { ...event, id: EventId.parse(id), sourceId, receivedAt: now };
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** The ids that are new; null when they could not be kept anywhere. */
async function store(
  { db, doorbell }: Receiver,
  events: readonly ReceivedEvent[],
): Promise<Set<string> | null> {
  try {
    const fresh = await withTimeout(storeEvents(db, events), storeTimeoutMs);
    if (fresh.size > 0) doorbell.ring();
    return new Set(fresh);
  } catch {
    const bytes = events.reduce((sum, { body }) => sum + body.length * 3, 0);
    if (bytes > handOverBytesMax) return null;
  }
  try {
    // Whether they are new will be seen when the database answers again; storing them twice changes nothing.
    await withTimeout(doorbell.handOver(events), storeTimeoutMs);
    return new Set(events.map(({ id }) => id));
  } catch {
    return null;
  }
}

async function withTimeout<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
