/** 填错了说什么: whatever is left out of an event or a body, or is of the wrong type, the answer names the remedy. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { CanonicalEvent, canonicalTypes } from '../../../schema/index.ts';
import { bodies } from '../../../workers/api/call/define.ts';
import { check } from '../../../workers/api/call/check.ts';
import { eventExample } from '../../../workers/api/openapi/events/webhooks.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import { isSchema, optionsOf } from '../../../workers/api/openapi/filled.ts';
import type { Schema } from '../../../workers/api/openapi/openapi-types.ts';
import { routes } from '../../../workers/api/routes.ts';
import { adapters } from '../../../workers/receive/erp/index.ts';
import { schemes } from '../../../workers/receive/verify/index.ts';
import { pollers } from '../../../workers/schedule/poll/index.ts';
import { bodiesIn } from './written.ts';

const document = wholeDocument();

/** What programs send where something else belongs; undefined leaves the field out. */
const wrongs = [undefined, null, '', 'x', 0.5, -1, 1e15, true, [], {}, [0], { x: 0 }];

type Said = { readonly field: string; readonly message: string };
type Asked = (value: unknown) => readonly Said[];

/** Everything that is said while each part of `value` in turn is spoilt. */
function said(value: unknown, ask: Asked): Said[] {
  const found = wrongs.flatMap((wrong) => ask(wrong));
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = value;
    const within = (place: number) => (part: unknown) =>
      ask(parts.map((other, at) => (at === place ? part : other)));
    return [...found, ...parts.flatMap((part, place) => said(part, within(place)))];
  }
  if (!isSchema(value)) return found;
  return [
    ...found,
    ...ask({ ...value, unheardOf: 1 }),
    ...Object.entries(value).flatMap(([name, part]) =>
      said(part, (other) => ask({ ...value, [name]: other })),
    ),
  ];
}

const shapeOf = (ref: string): Schema => document.components.schemas[ref.split('/').at(-1) ?? ''] ?? {};

/** A value with every field, so that each of them is spoilt once; of several kinds the first, unless they are the body's own. */
function whole(schema: Schema): unknown {
  if (typeof schema['$ref'] === 'string') return whole(shapeOf(schema['$ref']));
  if ('const' in schema) return schema['const'];
  const { properties, items, additionalProperties, examples } = schema;
  if (isSchema(properties))
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, whole(one as Schema)]));
  const [option] = optionsOf(schema).filter(({ type }) => type !== 'null');
  if (option) return whole(option);
  if (isSchema(items) && (isSchema(items['properties']) || optionsOf(items).length > 0))
    return [whole(items)];
  if (Array.isArray(examples)) return examples[0] as unknown;
  return isSchema(additionalProperties) ? { one: whole(additionalProperties) } : 1;
}

const kindsOf = (schema: Schema): Schema[] => {
  const options = optionsOf(schema);
  return options.length === 0 ? [schema] : options.flatMap(kindsOf);
};

/** "Invalid URL" says that something is wrong, and not what would be right. */
const isBare = (message: string): boolean =>
  message.length < 10 || /^Invalid [\w -]+$|nonoptional/.test(message);

/** Each message once, with one place where it is said. */
const bare = (heard: readonly (Said & { readonly of: string })[]): string[] => {
  expect(heard.length).toBeGreaterThan(1_000);
  const told = new Map(heard.map(({ of, field, message }) => [message, `${of} ${field}: ${message}`]));
  return [...told].flatMap(([message, line]) => (isBare(message) ? [line] : []));
};

test('an event of a till with something missing or wrong names what would be right', () => {
  const ask: Asked = (value) =>
    (CanonicalEvent.safeParse(value).error?.issues ?? []).map(({ path, message }) => ({
      field: path.join('.'),
      message,
    }));
  const shapes = Object.values(document.components.schemas);
  const heard = canonicalTypes.flatMap((type) => {
    const shape = shapes.find(
      ({ properties }) =>
        isSchema(properties) && isSchema(properties['type']) && properties['type']['const'] === type,
    );
    return [whole(shape ?? {}), eventExample(type)].flatMap((event) =>
      said(event, ask).map((fault) => ({ of: type, ...fault })),
    );
  });
  expect(bare(heard)).toEqual([]);
});

test('a body of a call with something missing or wrong names what would be right', () => {
  const shown = new Map(bodiesIn(document).map(({ name, examples = {} }) => [name, examples]));
  const heard = routes.flatMap(({ method, path, body }) => {
    if (body === null) return [];
    const of = `${method} /v1${path}`;
    const ask: Asked = (value) => {
      const parts = { params: z.unknown(), query: z.unknown(), body };
      const checked = check(parts, { params: {}, query: {}, body: value });
      return 'code' in checked ? ((checked as { issues: readonly Said[] }).issues ?? []) : [];
    };
    const given = Object.values(shown.get(of) ?? {}).map(({ value }) => value);
    const made = kindsOf(document.components.schemas[bodies.get(body)?.id ?? ''] ?? {}).map(whole);
    return [...given, ...made].flatMap((value) => said(value, ask).map((fault) => ({ of, ...fault })));
  });
  expect(bare(heard)).toEqual([]);
});

/** Alternatives of which none is chosen by a name: zod has no words for them. */
function wordless(schema: unknown, seen = new Set<unknown>()): unknown[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const inner = Object.values(schema instanceof z.ZodType ? schema._zod.def : schema);
  const isWordless =
    schema instanceof z.ZodUnion && !('discriminator' in schema._zod.def) && !schema._zod.def.error;
  return [...(isWordless ? [schema] : []), ...inner.flatMap((part) => wordless(part, seen))];
}

test('alternatives say what each of them is, in bodies, and in the settings of systems, signatures and pollers', () => {
  const named = [
    ...routes.map(({ method, path, body }) => [`${method} ${path}`, body] as const),
    ...adapters.map(({ name, settings }) => [name, settings] as const),
    ...schemes.map(({ name, params }) => [name, params] as const),
    ...pollers.map(({ name, settings }) => [name, settings] as const),
  ];
  const silent = named.flatMap(([name, schema]) =>
    wordless(schema).map(
      (one) =>
        `${name}: ${JSON.stringify(z.toJSONSchema(one as z.ZodType, { unrepresentable: 'any', io: 'input' })).slice(0, 200)}`,
    ),
  );
  expect(silent).toEqual([]);
});
