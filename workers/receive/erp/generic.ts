/** 通用接口: the canonical event itself, signed per Standard Webhooks (contract.md "Canonical ERP event"). */
import * as z from 'zod';
import {
  CanonicalEvent,
  canonicalTypes,
  type DomainEvent,
  type InboxEvent,
  type SaleId,
  type Sku,
} from '../../../schema/index.ts';
import type { Normalised } from '../../process.ts';
import type { Problem } from '../../problem.ts';
import { duplicateKey, elementsOf } from '../json.ts';
import { verifyStandardWebhook } from '../standard-webhooks.ts';
import type { RawEvent } from '../intake.ts';
import type { Adapter } from './define.ts';

const eventsMax = 500;

const Envelope = z.object({
  id: z.string().trim().min(1).max(128).regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  type: z.string().trim().min(1).max(64).regex(/^[a-z0-9_.]+$/, 'must look like sale.completed'),
});

const malformed = (detail: string, field?: string): Problem => ({
  status: 400,
  code: 'malformed',
  detail,
  ...(field !== undefined && { field }),
});

export const generic: Adapter = {
  name: 'generic',

  verify: async ({ headers, body }, secrets, nowSeconds) => {
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

  split: (text) => {
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
      return { ...malformed(`a batch holds at most ${eventsMax} events; send the rest in another`, 'events'), status: 413, code: 'too_large' };
    }
    return batch(body.events, text);
  },

  normalise: (row, { namespace }) => normalise(row, namespace),

  acknowledge: (stored, isBatch) => {
    const isDuplicate = stored.every((event) => event.isDuplicate);
    const [first] = stored;
    const body = isBatch
      ? {
          ok: true,
          duplicate: isDuplicate,
          events: stored.map(({ senderId, eventId, isDuplicate: duplicate }) => ({ id: senderId, eventId, duplicate })),
        }
      : { ok: true, eventId: first?.eventId, duplicate: isDuplicate };
    return Response.json(body, { status: isDuplicate ? 200 : 202 });
  },
};

function toRaw(event: unknown, body: string, path: string): RawEvent | Problem {
  const envelope = Envelope.safeParse(event);
  if (envelope.success) return { senderId: envelope.data.id, type: envelope.data.type, body };
  const [issue] = envelope.error.issues;
  const field = `${path}${issue?.path.join('.') ?? ''}`.replace(/\.$/, '');
  return malformed(issue?.message ?? 'not an event', field || 'id');
}

function single(event: object, text: string): ReturnType<Adapter['split']> {
  const raw = toRaw(event, text, '');
  return 'status' in raw ? raw : { events: [raw], isBatch: false };
}

function batch(parsed: readonly unknown[], text: string): ReturnType<Adapter['split']> {
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

const issuesShown = 5;

function normalise(row: InboxEvent, namespace: string): Normalised {
  if (!canonicalTypes.has(row.type)) return { ignored: `type ${row.type} is not one we act on` };
  const body: unknown = JSON.parse(row.body);
  if (typeof body === 'object' && body !== null && 'test' in body && body.test === true) {
    return { ignored: 'a test event: stored, never processed' };
  }
  const parsed = CanonicalEvent.safeParse(body);
  if (!parsed.success) {
    const shown = parsed.error.issues
      .slice(0, issuesShown)
      .map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`);
    return { parked: shown.join('; ') };
  }
  return { event: toDomain(row, namespace, parsed.data) };
}

function toDomain(row: InboxEvent, namespace: string, event: CanonicalEvent): DomainEvent {
  const told = { id: row.id, namespace, occurredAt: event.occurredAt ?? row.receivedAt };
  // Both parts were checked by the schema, and the namespace cannot hold a colon.
  const saleId = (orderNo: string): SaleId => `${namespace}:${orderNo}` as SaleId;
  switch (event.type) {
    case 'sale.completed':
      return { ...told, type: event.type, saleId: saleId(event.data.orderNo), data: event.data };
    case 'refund.completed': {
      const { orderNo } = event.data;
      return { ...told, type: event.type, saleId: orderNo == null ? null : saleId(orderNo), data: event.data };
    }
    case 'sale.voided':
      return { ...told, type: event.type, saleId: saleId(event.data.orderNo) };
    case 'member.created':
    case 'member.updated':
      return { ...told, type: event.type, data: event.data };
    case 'member.merged':
      return { ...told, type: event.type, from: event.data.from, into: event.data.into };
    case 'member.deleted':
      return { ...told, type: event.type, data: event.data };
    case 'product.upserted':
      return { ...told, type: event.type, data: event.data };
    case 'product.removed':
      return { ...told, type: event.type, sku: event.data.sku as Sku };
    case 'ping':
      return { ...told, type: event.type };
    default:
      return event satisfies never;
  }
}
