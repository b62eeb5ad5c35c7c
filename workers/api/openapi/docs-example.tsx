/** What is shown of an example: a value within a line, a whole body folded away. */
import type { FC } from 'hono/jsx';
import type { Examples, Schema } from './openapi-types.ts';

/** Longer ones are shown field by field. */
const lineLengthMax = 90;

/** Of a choice the choices say enough. */
export const ExampleIn: FC<{ readonly schema: Schema }> = ({ schema }) => {
  const { examples, type, $ref } = schema;
  const [example] = Array.isArray(examples) ? (examples as unknown[]) : [];
  if (example === undefined || example === null || $ref !== undefined) return null;
  if ('const' in schema || 'enum' in schema || type === 'boolean') return null;
  const text = JSON.stringify(example);
  return text.length > lineLengthMax ? null : (
    <small class="eg">
      {' '}
      <code>{text}</code>
    </small>
  );
};

export const BodyExamples: FC<{ readonly examples: Examples; readonly isOpen?: boolean }> = ({
  examples,
  isOpen = false,
}) => (
  <>
    {Object.entries(examples).map(([name, { value }], place, all) => (
      <details open={isOpen && place === 0}>
        <summary>{all.length > 1 ? `Example: ${name}` : 'Example'}</summary>
        <pre tabindex={0}>
          <code>{JSON.stringify(value, null, 2)}</code>
        </pre>
      </details>
    ))}
  </>
);
