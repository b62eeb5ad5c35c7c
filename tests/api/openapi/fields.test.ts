/** 字段说明: whatever somebody writes to us says what it means, and shows a value that is taken. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { dictionaries } from '../../../workers/api/openapi/fields/index.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import type { Schema } from '../../../workers/api/openapi/openapi-types.ts';
import { bodiesIn, writtenIn, type Written } from './written.ts';

const document = wholeDocument();
const written = writtenIn(document);

const where = ({ place, keys }: Written): string =>
  `${place}: add ${[...new Set(keys)].map((key) => `'${key}'`).join(' or ')} to a dictionary in workers/api/openapi/fields/, by its noun, or .meta({ description, examples }) to its schema`;

const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, code: { optimize: false } });
addFormats.default(ajv);
ajv.addSchema(document, 'document');

/** Why a value does not satisfy a schema of the document; null where it does. */
function faultOf(schema: Schema, value: unknown): string | null {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
  const isTaken = ajv.compile(JSON.parse(text) as Schema);
  return isTaken(value) ? null : ajv.errorsText(isTaken.errors);
}

test('every field that a person writes says what it means', () => {
  expect(written.length).toBeGreaterThan(900);
  const silent = written.filter(
    ({ description }) => typeof description !== 'string' || description.length < 10,
  );
  expect([...new Set(silent.map(where))]).toEqual([]);
});

test('every field that a person writes shows a value', () => {
  const bare = written.filter(
    ({ schema: { examples } }) => !Array.isArray(examples) || examples.length === 0,
  );
  expect([...new Set(bare.map(where))]).toEqual([]);
});

test('every value that is shown satisfies the schema of its field', () => {
  const different = new Map(written.map((field) => [JSON.stringify(field.schema), field]));
  const wrong = [...different.values()].flatMap((field) => {
    const { examples } = field.schema;
    return (Array.isArray(examples) ? examples : []).flatMap((example: unknown) => {
      const fault = faultOf(field.schema, example);
      return fault === null ? [] : [`${JSON.stringify(example)}: ${fault}; ${where(field)}`];
    });
  });
  expect([...new Set(wrong)]).toEqual([]);
});

test('every body that is shown satisfies its schema', () => {
  const wrong = bodiesIn(document).flatMap(({ name, schema, examples = {} }) => {
    const shown = Object.entries(examples);
    if (shown.length === 0) return [`${name} shows no body`];
    return shown.flatMap(([kind, { value }]) => {
      const fault = faultOf(schema, value);
      return fault === null ? [] : [`${name} (${kind}): ${fault}`];
    });
  });
  expect(wrong).toEqual([]);
});

test('a word of the dictionary is one sentence or two, stands once, and is used', () => {
  const keys = dictionaries.flatMap((dictionary) => Object.keys(dictionary));
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  // A plain name means the same wherever it turns up next; one with its holder is of there alone.
  const used = new Set(written.flatMap(({ keys: own }) => own));
  expect(keys.filter((key) => key.includes('.') && !used.has(key))).toEqual([]);
  for (const dictionary of dictionaries)
    for (const { says } of Object.values(dictionary)) expect(says).toMatch(/^\S.*\.$/s);
});

/** No object takes a field that it does not name. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]));
  return 'properties' in value && inner['type'] === 'object'
    ? { ...inner, additionalProperties: false }
    : inner;
}

test('no body and no event that is shown has a field that the document does not know', () => {
  const strict = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    code: { optimize: false },
  });
  addFormats.default(strict);
  strict.addSchema(closed(document) as Schema, 'document');
  const strange = bodiesIn(document).flatMap(({ name, schema, examples = {} }) => {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/');
    const isTaken = strict.compile(closed(JSON.parse(text)) as Schema);
    return Object.values(examples).flatMap(({ value }) =>
      isTaken(value) ? [] : [`${name}: ${strict.errorsText(isTaken.errors)}`],
    );
  });
  expect(strange).toEqual([]);
});
