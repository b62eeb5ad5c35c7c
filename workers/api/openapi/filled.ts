/** 补上说明: a schema with the words and examples of the dictionary, where it has none of its own. */
import { answerWordsOf } from './answers/index.ts';
import { wordsOf } from './fields/index.ts';
import type { Json } from './fields/define.ts';
import type { Schema } from './openapi-types.ts';

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
export const optionsOf = ({ anyOf, oneOf }: Schema): Schema[] => [...schemasIn(anyOf), ...schemasIn(oneOf)];

type EachField = (schema: Schema, owner: string, name: string) => Schema;

/** `owner` is the body, or the field that holds this schema. */
export const filled = (schema: Schema, owner: string): Schema => within(schema, owner, filledField);

/**
 * An answer is read, not written: it needs words, and no examples. `at` is where its fields stand, from the answer's name on; where it
 * gives back what was written as the body `written`, they mean what they mean there.
 */
export const said = (schema: Schema, at: string, written: string | null = null): Schema =>
  within(schema, at, (property, _, name) => {
    const inner = said(property, `${at}.${name}`, written === null ? null : name);
    if (inner['description'] !== undefined) return inner;
    const words = answerWordsOf(at, name) ?? (written === null ? undefined : wordsOf(written, name)?.says);
    return words === undefined ? inner : { ...inner, description: words };
  });

function within(schema: Schema, owner: string, each: EachField): Schema {
  const { properties, items, additionalProperties } = schema;
  const again = (inner: Schema): Schema => within(inner, owner, each);
  const options = (key: 'anyOf' | 'oneOf') =>
    schema[key] === undefined ? {} : { [key]: schemasIn(schema[key]).map(again) };
  return {
    ...schema,
    ...(isSchema(properties) && { properties: fields(properties, owner, each) }),
    ...(isSchema(items) && { items: again(items) }),
    ...(isSchema(additionalProperties) && { additionalProperties: again(additionalProperties) }),
    ...options('anyOf'),
    ...options('oneOf'),
  };
}

const fields = (properties: Schema, owner: string, each: EachField): Schema =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      isSchema(property) ? each(property, owner, name) : property,
    ]),
  );

/** Its own words first, then the dictionary's. */
export function filledField(schema: Schema, owner: string, name: string): Schema {
  const { example, ...inner } = filled(schema, name);
  const words = wordsOf(owner, name);
  const given = example !== undefined ? [example as Json] : examplesFor(inner, words?.example);
  return {
    ...inner,
    ...(words && inner['description'] === undefined && { description: words.says }),
    ...(given !== null && inner['examples'] === undefined && { examples: given }),
  };
}

function examplesFor(schema: Schema, told: Json | undefined): readonly Json[] | null {
  const example = told !== undefined && takes(schema, told) ? told : exampleOf(schema);
  return example === undefined ? null : [example];
}

/** A name may be text in one place and an object in another: an example of the wrong type is passed over. */
function takes(schema: Schema, example: Json): boolean {
  if (typeof schema['$ref'] === 'string') return true;
  if ('const' in schema) return schema['const'] === example;
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(example);
  const options = optionsOf(schema);
  if (options.length > 0) return options.some((option) => takes(option, example));
  const { type } = schema;
  return (
    type === undefined ||
    [type].flat().includes(typeOf(example)) ||
    (type === 'number' && Number.isInteger(example))
  );
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Made of the examples of its fields; undefined where one is missing. */
export function exampleOf(schema: Schema): Json | undefined {
  const { examples, properties, items, default: usual } = schema;
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as Json;
  if ('const' in schema) return schema['const'] as Json;
  if (Array.isArray(schema['enum'])) return (usual ?? schema['enum'][0]) as Json;
  if (isSchema(properties)) return objectOf(schema, properties);
  if (isSchema(items)) {
    const item = exampleOf(items);
    return item === undefined ? undefined : [item];
  }
  for (const option of optionsOf(schema)) {
    const example = option['type'] === 'null' ? undefined : exampleOf(option);
    if (example !== undefined) return example;
  }
  return [schema['type']].flat().includes('boolean') ? ((usual ?? true) as Json) : undefined;
}

/** What has to be given; where nothing has to be, everything. */
function objectOf({ required }: Schema, properties: Schema): Json | undefined {
  const needed = Array.isArray(required) && required.length > 0 ? required : Object.keys(properties);
  const made: Record<string, Json> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (!needed.includes(name) || !isSchema(property)) continue;
    const example = exampleOf(property);
    if (example === undefined) return undefined;
    made[name] = example;
  }
  return made;
}
