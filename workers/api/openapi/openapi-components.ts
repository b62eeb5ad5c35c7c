/** The shapes of the document: every named body and every named answer. */
import * as z from 'zod';
import type { Problem } from '../../platform/problem.ts';
import { answers, bodies } from '../call/define.ts';
import { filled, isSchema, said } from './filled.ts';
import type { Schema } from './openapi-types.ts';

export const shapes = (): Record<string, Schema> => ({
  ...written(components(bodies, 'input')),
  ...answered(components(answers, 'output')),
  Problem: problemSchema,
});

/** What a person writes has words and an example in every field. */
const written = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      filled(id.endsWith('Patch') ? withoutDefaults(schema) : schema, id),
    ]),
  );

const answered = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, said(schema, id)]));

/** What a patch leaves out stays as it is, and becomes no default. */
const withoutDefaults = (schema: Schema): Schema => ({
  ...schema,
  properties: Object.fromEntries(
    Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).map(([name, property]) => {
      const { default: _, ...rest } = isSchema(property) ? property : {};
      return [name, rest];
    }),
  ),
});

export const refTo = (id: string): string => `#/components/schemas/${id}`;

function components(registry: typeof bodies, io: 'input' | 'output'): Record<string, Schema> {
  const { schemas } = z.toJSONSchema(registry, { uri: refTo, io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, tidy(schema)]));
}

/** `$id` would move the base of every reference, and an instant's pattern says less than its format. */
export function tidy(schema: object): Schema {
  const entries = Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const isNoise = key === '$id' || key === '$schema' || (key === 'pattern' && 'format' in schema);
    return isNoise ? [] : [[key, tidyValue(value)] as const];
  });
  return Object.fromEntries(entries);
}

function tidyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidyValue);
  return typeof value === 'object' && value !== null ? tidy(value) : value;
}

export function nameOf(registry: typeof bodies, schema: z.ZodType): string {
  const id = registry.get(schema)?.id;
  if (id === undefined) throw new Error('a body or an answer has no name for the document');
  return id;
}

/** A reference to the shape that a route names. */
export const named = (registry: typeof bodies, schema: z.ZodType): Schema => ({
  $ref: refTo(nameOf(registry, schema)),
});

type Codes = Record<keyof Problem, unknown>;

const problemSchema: Schema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `detail` is for people.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    field: { type: 'string', description: 'Where it stands, such as rewards[0].minFen.' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    numbers: { type: 'object', additionalProperties: { type: 'number' } },
    alternatives: { type: 'array', items: { type: 'string' }, description: 'What can be done instead.' },
  } satisfies Partial<Codes> & Record<string, unknown>,
};
