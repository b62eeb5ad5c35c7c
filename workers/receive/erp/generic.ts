/** 通用接口: the canonical event itself, signed per Standard Webhooks (contract.md "Canonical ERP event"). */
import * as z from 'zod';
import type { InboxEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine.ts';
import type { Problem } from '../../problem.ts';
import { duplicateKey, elementsOf } from '../json.ts';
import { verifyStandardWebhook } from '../verify/standard-webhooks.ts';
import type { RawEvent, Stored } from '../intake.ts';
import { ignoredType, isActedOn, toNormalised } from './canonical.ts';
import type { Adapter, Split } from './define.ts';

const eventsMax = 500;

const Envelope = z.object({
  id: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  type: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[a-z0-9_.]+$/, 'must look like sale.completed'),
});

const malformed = (detail: string, field?: string): Problem => ({
  status: 400,
  code: 'malformed',
  detail,
  ...(field !== undefined && { field }),
});

export const generic = {
  name: 'generic',
  label: '通用接口（签名 JSON）',

  verify: async (
    { headers, body }: { readonly headers: Headers; readonly body: Uint8Array },
    secrets: readonly string[],
    nowSeconds: number,
  ): Promise<Problem | null> => {
    const signed = {
      id: headers.get('webhook-id'),
      timestamp: headers.get('webhook-timestamp'),
      signature: headers.get('webhook-signature'),
    };
    const verification = await verifyStandardWebhook(signed, body, secrets, nowSeconds);
    if (verification === 'valid') return null;
    // Which of the reasons it was helps an honest sender with its clock, and nobody else.
    const detail =
      verification === 'stale'
        ? 'webhook-timestamp is more than 5 minutes away from now; check the clock of the sending machine'
        : 'the signature does not match; sign `webhook-id.webhook-timestamp.body` with the secret of this source';
    const code = verification === 'stale' ? 'stale_timestamp' : 'bad_signature';
    return { status: 401, code, detail };
  },

  split: (text: string): Split | Problem => {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return malformed('the body is not JSON');
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return malformed('the body must be one event, or {"events":[…]}');
    }
    const repeated = duplicateKey(text);
    if (typeof repeated === 'string') return malformed('a key stands twice in one object', repeated);
    if (repeated !== null) return malformed(`the body is ${repeated.fault}`);
    if (!('events' in body)) return single(body, text);
    if (!Array.isArray(body.events) || body.events.length === 0) {
      return malformed('events must be a list of at least one event', 'events');
    }
    if (body.events.length > eventsMax) {
      return {
        ...malformed(`a batch holds at most ${eventsMax} events; send the rest in another`, 'events'),
        status: 413,
        code: 'too_large',
      };
    }
    return batch(body.events, text);
  },

  normalise: (row: InboxEvent, { namespace }: { readonly namespace: string }): Normalised =>
    normalise(row, namespace),

  acknowledge: (stored: readonly Stored[], isBatch: boolean): Response => {
    const isDuplicate = stored.every((event) => event.isDuplicate);
    const [first] = stored;
    const body = isBatch
      ? {
          ok: true,
          duplicate: isDuplicate,
          events: stored.map(({ senderId, eventId, isDuplicate: duplicate }) => ({
            id: senderId,
            eventId,
            duplicate,
          })),
        }
      : { ok: true, eventId: first?.eventId, duplicate: isDuplicate };
    return Response.json(body, { status: isDuplicate ? 200 : 202 });
  },
} satisfies Adapter;

function toRaw(event: unknown, body: string, path: string): RawEvent | Problem {
  const envelope = Envelope.safeParse(event);
  if (envelope.success) return { senderId: envelope.data.id, type: envelope.data.type, body };
  const [issue] = envelope.error.issues;
  const field = `${path}${issue?.path.join('.') ?? ''}`.replace(/\.$/, '');
  return malformed(issue?.message ?? 'not an event', field || 'id');
}

function single(event: object, text: string): Split | Problem {
  const raw = toRaw(event, text, '');
  return 'status' in raw ? raw : { events: [raw], isBatch: false };
}

function batch(parsed: readonly unknown[], text: string): Split | Problem {
  const texts = elementsOf(text, 'events');
  // A batch of anything but objects has no element texts to match the parsed ones.
  if (texts.length !== parsed.length) return malformed('each of events must be an object', 'events');
  const events: RawEvent[] = [];
  for (const [place, event] of parsed.entries()) {
    const raw = toRaw(event, texts[place] ?? '', `events[${place}].`);
    if ('status' in raw) return raw;
    events.push(raw);
  }
  return { events, isBatch: true };
}

function normalise(row: InboxEvent, namespace: string): Normalised {
  if (!isActedOn(row.type)) return ignoredType(row.type);
  const body: unknown = JSON.parse(row.body);
  if (typeof body === 'object' && body !== null && 'test' in body && body.test === true) {
    return { ignored: 'a test event: stored, never processed' };
  }
  return toNormalised(row, namespace, body);
}
