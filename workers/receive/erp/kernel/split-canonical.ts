/** 拆单: the canonical events of one request, one or a batch of them, each exactly as it was written. */
import * as z from 'zod';
import { Id } from '../../../../schema/index.ts';
import type { Problem } from '../../../platform/problem.ts';
import type { RawEvent } from '../../intake.ts';
import { readStrict } from '../../../lossless/strict.ts';
import { elementsOf } from '../../json.ts';
import type { Split } from '../define.ts';

const eventsMax = 500;

const Envelope = z.object({
  id: Id,
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

export function splitCanonical(text: string): Split | Problem {
  const read = readStrict(text);
  if (!read.ok) return malformed(read.why, read.key);
  const body = read.value;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return malformed('the body must be one event, or {"events":[…]}');
  }
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
}

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
