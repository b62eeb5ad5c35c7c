/** 参数: what stands in the path, the query and the headers of a call. */
import * as z from 'zod';
import type { Route } from '../call/define.ts';
import { filledField, isSchema } from './filled.ts';
import { tidy } from './openapi-components.ts';
import type { Parameter, Schema } from './openapi-types.ts';

export function parametersOf({ path, params, query, takesKey }: Route): Parameter[] {
  const parameters = [...toParameters(params, 'path', path), ...toParameters(query, 'query', path)];
  if (!takesKey) return parameters;
  const key = filledField({ type: 'string', minLength: 1, maxLength: 128 }, '', 'Idempotency-Key');
  return [...parameters, parameter('Idempotency-Key', 'header', false, key)];
}

/** A query parameter is described by its parsed type, unless only its text has one; one with a default may be left out. */
function toParameters(schema: z.ZodType, place: 'path' | 'query', path: string): Parameter[] {
  const given = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const parsed = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  const { properties = {}, required = [] } = place === 'path' ? given : parsed;
  return Object.entries(properties).map(([name, property]) => {
    const { description: _, ...bare } = tidy(property as object);
    const known = Object.keys(bare).length > 0 ? property : (given.properties?.[name] ?? property);
    const described = { ...tidy(known as object), ...descriptionIn(property) };
    const isRequired = place === 'path' || (required.includes(name) && !('default' in described));
    return parameter(name, place, isRequired, filledField(described, ownerOf(path, place, name), name));
  });
}

const descriptionIn = (property: unknown): Schema =>
  isSchema(property) && property['description'] !== undefined ? { description: property['description'] } : {};

/** `{id}` belongs to the noun before it, a query to the last noun of the path. */
function ownerOf(path: string, place: 'path' | 'query', name: string): string {
  const before = place === 'path' ? path.slice(0, path.indexOf(`/{${name}}`)) : path;
  return before.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
}

/** Its words stand beside its schema, its examples within. */
export function parameter(
  name: string,
  place: Parameter['in'],
  required: boolean,
  described: Schema,
): Parameter {
  const { description, ...schema } = described;
  return { name, in: place, required, ...(typeof description === 'string' && { description }), schema };
}
