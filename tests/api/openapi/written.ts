/** What a person writes, as the document has it: every parameter, and every field of every body and event. */
import type { OpenApi, Operation, Schema } from '../../../workers/api/openapi/openapi-types.ts';

/** `keys`: under which names the dictionary may hold it. */
export type Written = {
  readonly place: string;
  readonly keys: readonly string[];
  readonly schema: Schema;
  readonly description: unknown;
};

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type From = { readonly schema: Schema; readonly place: string; readonly owner: string };

/** `data` of sale.completed means what `sale` means elsewhere. */
function nounOf(properties: unknown): string {
  const type = isSchema(properties) && isSchema(properties['type']) ? properties['type']['const'] : undefined;
  return typeof type === 'string' ? (type.split('.')[0] ?? '') : 'data';
}

/** Its fields and theirs, but not those of another named shape. */
function fieldsOf({ schema, place, owner }: From): Written[] {
  const { properties, items, additionalProperties } = schema;
  const found: Written[] = [];
  for (const [name, property] of Object.entries(isSchema(properties) ? properties : {})) {
    if (!isSchema(property)) continue;
    const at = { schema: property, place: `${place}.${name}` };
    const keys = [`${owner}.${name}`, name];
    const below = fieldsOf({ ...at, owner: name === 'data' ? nounOf(properties) : name });
    found.push({ ...at, keys, description: property['description'] }, ...below);
  }
  if (isSchema(items)) found.push(...fieldsOf({ schema: items, place: `${place}[]`, owner }));
  if (isSchema(additionalProperties))
    found.push(...fieldsOf({ schema: additionalProperties, place: `${place}{}`, owner }));
  for (const option of [schema['anyOf'], schema['oneOf']].flat())
    if (isSchema(option)) found.push(...fieldsOf({ schema: option, place, owner }));
  return found;
}

export const operationsOf = ({ paths, webhooks = {} }: OpenApi) =>
  [paths, webhooks].flatMap((all) =>
    Object.entries(all).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        path,
        operation,
      })),
    ),
  );

type Found = ReturnType<typeof operationsOf>[number];

const parametersOf = ({ name, path, operation }: Found): Written[] =>
  operation.parameters.map(({ name: parameter, in: kind, description, schema }) => {
    const before = kind === 'path' ? path.slice(0, path.indexOf(`/{${parameter}}`)) : path;
    const owner = before.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? '';
    const keys = [`${owner}.${parameter}`, parameter];
    return { place: `${name} ?${parameter}`, keys, schema, description };
  });

const jsonOf = ({ requestBody }: Operation) => requestBody?.content['application/json'];

/** Every body with the examples that stand beside it. */
export const bodiesIn = (document: OpenApi) =>
  operationsOf(document).flatMap((found) => {
    const content = jsonOf(found.operation);
    return content ? [{ ...found, ...content }] : [];
  });

const refsIn = ({ $ref, ...rest }: Schema): string[] => [
  ...(typeof $ref === 'string' ? [$ref] : []),
  ...Object.values(rest).flatMap((inner) =>
    (Array.isArray(inner) ? inner : [inner]).filter(isSchema).flatMap(refsIn),
  ),
];

export function writtenIn(document: OpenApi): Written[] {
  const bodies = bodiesIn(document);
  const inline = bodies.flatMap(({ name, schema }) => fieldsOf({ schema, place: name, owner: 'ImportPage' }));
  const names = new Set(
    bodies.flatMap(({ schema }) => refsIn(schema)).map((ref) => ref.split('/').at(-1) ?? ''),
  );
  const named = [...names].flatMap((name) =>
    fieldsOf({
      schema: document.components.schemas[name] ?? {},
      place: name,
      owner: name.replace(/^.+Event$/, 'Event'),
    }),
  );
  return [...operationsOf(document).flatMap(parametersOf), ...inline, ...named];
}
