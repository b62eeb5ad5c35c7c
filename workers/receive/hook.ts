/** 接收销售: verify the raw bytes, store, acknowledge, ring. Nothing else happens before the answer. */
import type { Source } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import { activeSecrets, type SourceCache } from '../db/sources/sources.ts';
import type { Clock, Doorbell } from '../engine/ports.ts';
import { problemResponse, type Problem } from '../platform/problem.ts';
import { bodyBytesMax, decodeUtf8, readBody } from './body.ts';
import type { Adapter, Incoming } from './erp/define.ts';
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
    // Only a cold start comes here: otherwise the cached sources are used.
    return notStored();
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
    return refuse(source, adapter, {
      status: 413,
      code: 'too_large',
      detail: `a body holds at most ${bodyBytesMax} bytes; send fewer events at a time`,
    });
  }
  const incoming = toIncoming(request, body, source);
  const probed = adapter.probe?.(incoming, source.config) ?? null;
  if (probed) return probed;
  if (request.method !== 'POST') return notPosted();

  const verdict = await adapter.verify(
    incoming,
    activeSecrets(source, now),
    Math.floor(now / 1000),
    source.config,
  );
  if (verdict && 'status' in verdict) return refuse(source, adapter, verdict);

  const text = verdict?.text ?? (adapter.decode ?? decodeUtf8)(body, request.headers);
  if (text === null) {
    return refuse(source, adapter, { status: 400, code: 'malformed', detail: 'the body is not UTF-8' });
  }
  const { headers, query } = incoming;
  const opened = {
    headers,
    query,
    config: source.config,
    ...(verdict?.fields && { fields: verdict.fields }),
  };
  const split = adapter.split(text, opened);
  if ('status' in split) return refuse(source, adapter, split);
  if (split.events.length === 0) return adapter.acknowledge([], split.isBatch, source.config);

  // Without a verdict the scheme signed the whole body.
  const trust = verdict?.trust ?? 'signed';
  const events = split.events.map((event) => ({ ...event, trust }));
  const stored = await takeIn(receiver, source.id, events, now);
  if ('status' in stored) return refuse(source, adapter, stored);
  return adapter.acknowledge(stored, split.isBatch, source.config);
}

/** A sender that signs its URL signs the registered one, not the one a proxy shows. */
function toIncoming({ method, headers, url }: Request, body: Uint8Array, { id, config }: Source): Incoming {
  const { pathname, searchParams: query } = new URL(url);
  const registered = config?.['url'];
  return {
    method,
    headers,
    body,
    url: typeof registered === 'string' ? registered : url,
    query,
    address: headers.get('cf-connecting-ip'),
    // The token may be in the query, which the platform does not log, or in the path, because some consoles accept no query.
    token: query.get('token') ?? pathname.split(`/${encodeURIComponent(id)}/`, 2)[1] ?? null,
  };
}

const refuse = ({ config }: Source, adapter: Adapter, problem: Problem): Response =>
  adapter.refuse?.(problem, config) ?? problemResponse(problem);

function notPosted(): Response {
  const response = problemResponse({
    status: 405,
    code: 'method_not_allowed',
    detail: 'events are sent with POST',
  });
  response.headers.set('allow', 'POST');
  return response;
}
