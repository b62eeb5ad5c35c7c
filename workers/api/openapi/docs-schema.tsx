/** Schemas for readers: a type in a few words, an object as a table of its fields. */
import type { FC } from 'hono/jsx';
import { ExampleIn } from './docs-example.tsx';
import { Prose } from './docs-prose.tsx';
import type { Schema } from './openapi-types.ts';

type SchemaProps = { readonly schema: Schema };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const alternatives = ({ anyOf, oneOf }: Schema): Schema[] => [...schemasIn(anyOf), ...schemasIn(oneOf)];

export const TypeOf: FC<SchemaProps> = ({ schema }) => {
  const { $ref, type, items } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    return <a href={`#shape-${name}`}>{name}</a>;
  }
  const options = alternatives(schema);
  if (options.length > 0 && !options.some(hasFields)) {
    return (
      <>
        {options.map((option, place) => (
          <>
            {place > 0 && ' or '}
            <TypeOf schema={option} />
          </>
        ))}
      </>
    );
  }
  if (type === 'array' && isSchema(items)) {
    return (
      <>
        list of <TypeOf schema={items} />
      </>
    );
  }
  return <>{words(schema)}</>;
};

function words(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema['const']);
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices.map((value) => JSON.stringify(value)).join(' | ');
  return [nameOf(schema), ...bounds(schema)].join(', ');
}

function nameOf(schema: Schema): string {
  const { type, format } = schema;
  if (typeof format === 'string') return format === 'date-time' ? 'instant' : format;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.join(' or ');
  const options = alternatives(schema);
  if (options.length === 0) return 'anything';
  return options.some((option) => option['type'] === 'null') ? 'object or null' : 'object';
}

function bounds({ minimum, maximum, minLength, maxLength, minItems, maxItems }: Schema): string[] {
  const range = (least: unknown, most: unknown, unit: string): string[] => {
    const isOpen = typeof most !== 'number' || most === Number.MAX_SAFE_INTEGER;
    const isFree = typeof least !== 'number' || least === -Number.MAX_SAFE_INTEGER;
    if (isOpen) return isFree || least === 0 ? [] : [`at least ${least}${unit}`];
    return [isFree ? `at most ${most}${unit}` : `${least} to ${most}${unit}`];
  };
  return [
    ...range(minimum, maximum, ''),
    ...range(minLength, maxLength, ' characters'),
    ...range(minItems, maxItems, ' items'),
  ];
}

const hasFields = (schema: Schema): boolean =>
  isSchema(schema['properties']) ||
  alternatives(schema).some(hasFields) ||
  (isSchema(schema['items']) && hasFields(schema['items']));

/** Nested objects are indented tables; a union lists each of its objects in turn. */
export const Fields: FC<SchemaProps> = ({ schema }) => {
  const { description, properties, items } = schema;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return (
    <>
      {typeof description === 'string' && (
        <p>
          <Prose text={description} />
        </p>
      )}
      {isSchema(properties) && (
        <table>
          <tbody>
            {Object.entries(properties).map(([name, property]) =>
              isSchema(property) ? (
                <FieldRow name={name} schema={property} isRequired={required.includes(name)} />
              ) : null,
            )}
          </tbody>
        </table>
      )}
      {isSchema(items) && hasFields(items) && <Fields schema={items} />}
      {alternatives(schema)
        .filter(hasFields)
        .map((option, place) => (
          <>
            {place > 0 && <p class="or">or</p>}
            <Fields schema={option} />
          </>
        ))}
      {!hasFields(schema) && (
        <p>
          <TypeOf schema={schema} />
        </p>
      )}
    </>
  );
};

/** A field's type, and below it the fields of that type. */
const FieldRow: FC<SchemaProps & { name: string; isRequired: boolean }> = ({ name, schema, isRequired }) => {
  const { description, ...rest } = schema;
  return (
    <>
      <tr>
        <th scope="row">
          <code>{name}</code>
        </th>
        <td>
          <TypeOf schema={schema} />
          {isRequired && <small> required</small>}
          {'default' in schema && <small> default {JSON.stringify(schema['default'])}</small>}
        </td>
        <td>
          {typeof description === 'string' && <Prose text={description} />}
          <ExampleIn schema={schema} />
        </td>
      </tr>
      {hasFields(schema) && (
        <tr class="inner">
          <td colspan={3}>
            <Fields schema={rest} />
          </td>
        </tr>
      )}
    </>
  );
};
