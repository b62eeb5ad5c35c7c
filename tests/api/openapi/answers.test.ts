/** 回答说明: whatever is answered says what it means, refusals and reports included. */
import { expect, test } from 'vitest';
import { answerDictionaries, answerKeysOf } from '../../../workers/api/openapi/answers/index.ts';
import { isSchema, optionsOf } from '../../../workers/api/openapi/filled.ts';
import { wholeDocument } from '../../../workers/api/openapi/files.ts';
import type { Schema } from '../../../workers/api/openapi/openapi-types.ts';
import { operationsOf } from './written.ts';

const document = wholeDocument();

type Told = { readonly at: string; readonly name: string; readonly description: unknown };

/** Its fields and theirs, but not those of another named shape. */
function fieldsOf(schema: Schema, at: string): Told[] {
  const { properties, items, additionalProperties } = schema;
  const own = Object.entries(isSchema(properties) ? properties : {}).flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const { description } = property;
    return [{ at, name, description }, ...fieldsOf(property, `${at}.${name}`)];
  });
  const inner = [items, additionalProperties, ...optionsOf(schema)].filter(isSchema);
  return [...own, ...inner.flatMap((one) => fieldsOf(one, at))];
}

const refsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (!isSchema(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [String(inner).split('/').at(-1) ?? ''] : refsIn(inner),
  );
};

/** Every shape that an answer is, or holds, however deep. */
function shapesFrom(names: readonly string[], known = new Set<string>()): Set<string> {
  for (const name of names) {
    if (known.has(name)) continue;
    known.add(name);
    shapesFrom(refsIn(document.components.schemas[name]), known);
  }
  return known;
}

const contents = operationsOf(document).flatMap(({ operation }) =>
  Object.values(operation.responses).flatMap(({ content }) => Object.values(content)),
);
const inline = contents.flatMap(({ schema }) => fieldsOf(schema, 'ImportReport'));
const shapes = [...shapesFrom(contents.flatMap(({ schema }) => refsIn(schema)))];
const told = [
  ...inline,
  ...shapes.flatMap((name) => fieldsOf(document.components.schemas[name] ?? {}, name)),
];

test('every field that is answered says what it means', () => {
  expect(shapes).toContain('Problem');
  expect(told.length).toBeGreaterThan(1_000);
  const silent = told.filter(({ description }) => typeof description !== 'string' || description.length < 10);
  const where = silent.map(
    ({ at, name }) =>
      `${at}.${name}: add '${name}' or '${at}.${name}' to a dictionary in workers/api/openapi/answers/, or .meta({ description }) to its schema`,
  );
  expect([...new Set(where)]).toEqual([]);
});

test('a word of the dictionary is one sentence or two, stands once, and is used', () => {
  const entries = answerDictionaries.flatMap((dictionary) => Object.entries(dictionary));
  const keys = entries.map(([key]) => key);
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  const used = new Set(told.flatMap(({ at, name }) => answerKeysOf(at, name)));
  expect(keys.filter((key) => !used.has(key))).toEqual([]);
  expect(entries.filter(([, says]) => !/^\S.*\.$/s.test(says))).toEqual([]);
});
