/** 接收销售: verify the raw bytes, store, acknowledge, ring. Nothing else happens before the answer. */
import type { Source } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import { activeSecrets, type SourceCache } from '../db/sources.ts';
import type { Clock, Doorbell } from '../ports.ts';
import { problemResponse } from '../problem.ts';
import { bodyBytesMax, decodeUtf8, readBody } from './body.ts';
import { adapterNamed } from './erp/index.ts';
import { notStored, takeIn } from './intake.ts';

export type Receiver = {
  readonly db: Db;
  readonly sources: SourceCache;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
};

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
    return problemResponse({
      status: 404,
      code: 'unknown_source',
      detail: `no source is called ${sourceId.slice(0, 64)}`,
    });
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

  const stored = await takeIn(receiver, source.id, split.events, now);
  if (stored === null) return notStored();
  return adapter.acknowledge(stored, split.isBatch);
}
