/** 标准单据的文档: each event as a webhook of the document, its schema from the one by which it is read. */
import * as z from 'zod';
import { ToldEvent } from '../../../../schema/canonical/events.ts';
import { wordsOf } from '../fields/index.ts';
import type { Json } from '../fields/define.ts';
import { filled, filledField, isSchema } from '../filled.ts';
import { refTo, tidy } from '../openapi-components.ts';
import type { Content, Operation, Schema } from '../openapi-types.ts';
import { shownExamples } from '../examples/shown.ts';
import { hookAnswers, hookHeaders } from './answers.ts';
import type { EventType } from './define.ts';
import { eventWords } from './index.ts';

export const eventTag = 'Events of tills';
export const hookPath = '/hooks/erp/{source}';
const exampleAt = '2026-11-22T14:59:00+08:00';

/** `stored_value.cashed_out` is StoredValueCashedOutEvent. */
const nameOf = (type: EventType): string =>
  `${type.replaceAll(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase())}Event`;

const types = ToldEvent.options.map((option) => [option.shape.type.value, option] as const);

/** The whole body, as it is sent. */
export function eventExample(type: EventType): { readonly [key: string]: Json } {
  const { id, data } = eventWords[type].example;
  return { type, id, occurredAt: exampleAt, data };
}

export const eventSchemas = (): Record<string, Schema> => ({
  ...Object.fromEntries(types.map(([type, option]) => [nameOf(type), eventSchema(type, option)])),
  EventBatch: {
    type: 'object',
    description: 'Several events in one request, each stored and decided by itself.',
    required: ['events'],
    properties: {
      events: {
        type: 'array',
        minItems: 1,
        maxItems: 500,
        items: { anyOf: types.map(([type]) => ({ $ref: refTo(nameOf(type)) })) },
        description: 'At most 500 events, and 1 MB in all.',
        examples: [[eventExample('sale.completed')]],
      },
    },
  },
});

function eventSchema(type: EventType, option: z.ZodType): Schema {
  const { properties, required } = tidy(z.toJSONSchema(option, { io: 'input', unrepresentable: 'any' }));
  const { data, occurredAt, history } = isSchema(properties)
    ? (properties as Record<string, Schema>)
    : ({} as Record<string, Schema>);
  // What a sale says is called the same in `Simulation.sale`: the noun of the event is what holds it.
  const noun = type.split('.')[0] ?? type;
  const field = (name: string, schema: Schema) => filledField(schema, 'Event', name);
  return {
    type: 'object',
    description: eventWords[type].summary,
    required: ['type', 'id', ...(Array.isArray(required) ? required.filter((name) => name !== 'type') : [])],
    properties: {
      type: field('type', { type: 'string', const: type }),
      id: field('id', { type: 'string', minLength: 1, maxLength: 128 }),
      ...(occurredAt && { occurredAt: field('occurredAt', occurredAt) }),
      test: field('test', { type: 'boolean', default: false }),
      ...(history && { history: field('history', history) }),
      ...(data && {
        data: {
          ...filled(data, noun),
          description: wordsOf('Event', 'data')?.says,
          examples: [eventWords[type].example.data],
        },
      }),
    },
  };
}

const content = (schema: Schema, examples: Readonly<Record<string, Json>>): Content => ({
  'application/json': { schema, examples: shownExamples(examples) },
});

const common = {
  tags: [eventTag],
  security: [{ signature: [] }],
  'x-scope': 'signed',
} as const;

/** By its type; the webhooks of OpenAPI 3.1 are requests with a body that is agreed on and an address that is not. */
export const eventWebhooks = (): Record<string, Record<string, Operation>> =>
  Object.fromEntries(
    types.map(([type]) => {
      const { summary, description } = eventWords[type];
      const operation: Operation = {
        ...common,
        operationId: `tell${nameOf(type)}`,
        summary,
        description,
        parameters: hookHeaders,
        requestBody: {
          required: true,
          content: content({ $ref: refTo(nameOf(type)) }, { usual: eventExample(type) }),
        },
        responses: hookAnswers('EventTaken'),
      };
      return [type, { post: operation }];
    }),
  );

/** The one address that takes them all. */
export const hookPaths = (): Record<string, Record<string, Operation>> => ({
  [hookPath]: {
    post: {
      ...common,
      operationId: 'postHooksErp',
      servers: [{ url: '/' }],
      summary: 'Tell an event, or several',
      description:
        'Where a till says what happened, as one event or as `{"events": [...]}`. It is verified, stored and acknowledged before anything is decided. `null`, `""`, `{}`, `[]` and `{"id": ""}` in an optional field mean that it is not given. What cannot be read is acknowledged, parked with its reason and shown: see `GET /v1/events?state=parked`. A 5xx means that it was not acknowledged: send it again, nothing is counted twice.',
      parameters: [
        {
          name: 'source',
          in: 'path',
          required: true,
          description:
            'The source’s name, as it was registered with `PUT /v1/sources/{id}` and the adapter `generic`.',
          schema: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,39}$', examples: ['till'] },
        },
        ...hookHeaders,
      ],
      requestBody: {
        required: true,
        content: content(
          {
            anyOf: [...types.map(([type]) => ({ $ref: refTo(nameOf(type)) })), { $ref: refTo('EventBatch') }],
          },
          {
            one: eventExample('ping'),
            several: { events: [eventExample('member.created'), eventExample('sale.completed')] },
          },
        ),
      },
      responses: hookAnswers('EventTaken', 'EventsTaken'),
    },
  },
});
