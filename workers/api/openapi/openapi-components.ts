/** The shapes of the document: every named body and every named answer. */
import * as z from 'zod';
import type { Problem } from '../../platform/problem.ts';
import { answers, bodies } from '../call/define.ts';
import { filled, isSchema, said } from './filled.ts';
import type { Schema } from './openapi-types.ts';

export function shapes(): Record<string, Schema> {
  const given = written(components(bodies, 'input'));
  return { ...given, ...answered(components(answers, 'output'), given), Problem: problemSchema };
}

/** What a person writes has words and an example in every field. */
const written = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      filled(id.endsWith('Patch') ? withoutDefaults(schema) : schema, id),
    ]),
  );

/** What was defined by `CampaignInput` is answered as `Campaign`. */
const answered = (
  schemas: Record<string, Schema>,
  bodies: Readonly<Record<string, Schema>>,
): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      said(schema, id, `${id}Input` in bodies ? `${id}Input` : null),
    ]),
  );

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
    type: { type: 'string', description: 'Always about:blank; `code` says which problem it is.' },
    title: { type: 'string', description: 'What the status is called.' },
    status: { type: 'integer', description: 'The HTTP status, again.' },
    code: { type: 'string', description: 'The stable word that programs compare, such as already_used.' },
    detail: { type: 'string', description: 'What is wrong and what to do about it, for people.' },
    field: { type: 'string', description: 'Where it stands, such as rewards[0].minFen.' },
    issues: {
      type: 'array',
      description: 'Everything that is wrong with the request, where it can be several things.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: {
          field: { type: 'string', description: 'Where it stands, such as rewards[0].minFen.' },
          message: { type: 'string', description: 'What would be right there.' },
        },
      },
    },
    numbers: {
      type: 'object',
      description: 'What the refusal is about, such as have and need; moments in milliseconds since 1970.',
      additionalProperties: { type: 'number' },
    },
    alternatives: { type: 'array', items: { type: 'string' }, description: 'What can be done instead.' },
  } satisfies Partial<Codes> & Record<string, unknown>,
};
