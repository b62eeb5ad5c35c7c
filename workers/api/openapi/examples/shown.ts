/** 请求示例: whole bodies as somebody would send them. */
import { bodiesOf } from './index.ts';
import type { Json } from '../fields/define.ts';
import { exampleOf, isSchema, optionsOf } from '../filled.ts';
import type { Schema } from '../openapi-types.ts';

/** Of a body by its name: written down, or made of what has to be given; one for each kind where there are several. */
export function bodyExamples(name: string, schema: Schema): Readonly<Record<string, Json>> {
  const written = bodiesOf(name);
  if (written) return written;
  const kinds = optionsOf(schema).flatMap((option) => {
    const { properties } = option;
    const kind =
      isSchema(properties) && isSchema(properties['kind']) ? properties['kind']['const'] : undefined;
    const example = exampleOf(option);
    return typeof kind === 'string' && example !== undefined ? [[kind, example] as const] : [];
  });
  if (kinds.length > 0) return Object.fromEntries(kinds);
  const usual = exampleOf(schema);
  return usual === undefined ? {} : { usual };
}

/** As OpenAPI has them beside a schema. */
export const shownExamples = (examples: Readonly<Record<string, Json>>) =>
  Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
