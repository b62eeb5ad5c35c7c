/** 收件的回答: how an event is signed, and what `/hooks/erp/{source}` answers (`receive/hook.ts`). */
import { refTo } from '../openapi-components.ts';
import type { Operation, Parameter, Schema } from '../openapi-types.ts';

const header = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', examples: [example] },
});

/** Standard Webhooks. */
export const hookHeaders: readonly Parameter[] = [
  header('webhook-id', 'Your number of this request; sent again, it may stay or change.', 'msg_2kTqW9rVn3'),
  header(
    'webhook-timestamp',
    'When it was signed, in seconds since 1970; more than five minutes away from now is refused.',
    '1795330740',
  ),
  header(
    'webhook-signature',
    '`v1,` and the Base64 HMAC-SHA256 of `webhook-id.webhook-timestamp.body`, keyed with the bytes that the Base64 after `whsec_` of the secret holds. While a secret is changed, several stand here with a space between.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

export const signature = {
  type: 'apiKey',
  in: 'header',
  name: 'webhook-signature',
  description:
    'Standard Webhooks, with the secret of the source: `webhook-id`, `webhook-timestamp`, `webhook-signature`.',
};

const taken = {
  eventId: { type: 'string', description: 'Our id: `GET /v1/events/{id}` shows what became of it.' },
  duplicate: { type: 'boolean', description: 'Whether the same id and body were known already.' },
};

export const takenSchemas: Readonly<Record<string, Schema>> = {
  EventTaken: {
    type: 'object',
    required: ['ok', 'eventId', 'duplicate'],
    properties: { ok: { type: 'boolean', const: true, description: 'Always true: it is stored.' }, ...taken },
  },
  EventsTaken: {
    type: 'object',
    required: ['ok', 'duplicate', 'events'],
    properties: {
      ok: { type: 'boolean', const: true, description: 'Always true: all of them are stored.' },
      duplicate: { type: 'boolean', description: 'Whether all of them were known already.' },
      events: {
        type: 'array',
        description: 'Each event, in the order in which they were sent.',
        items: {
          type: 'object',
          required: ['id', 'eventId', 'duplicate'],
          properties: { id: { type: 'string', description: 'The sender’s own id of the event.' }, ...taken },
        },
      },
    },
  },
};

const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } },
});

export function hookAnswers(...names: readonly string[]): Operation['responses'] {
  const [only, ...others] = names.map((name) => ({ $ref: refTo(name) }));
  const schema = others.length > 0 ? { anyOf: [only, ...others] } : (only ?? {});
  const accepted = (description: string) => ({ description, content: { 'application/json': { schema } } });
  return {
    200: accepted('Known already: stored no second time'),
    202: accepted('Stored; it is decided within seconds'),
    400: refused('malformed: no JSON, or without id or type'),
    401: refused('bad_signature, stale_timestamp'),
    404: refused('unknown_source'),
    413: refused('too_large: more than 1 MB, or more than 500 events'),
    503: refused('not_stored, day_used_up: send it again after `Retry-After` seconds'),
  };
}
