/** The events that tills tell, one by one. Where they go and what is answered is said once, with the call that takes them. */
import type { FC } from 'hono/jsx';
import { BodyExamples } from './docs-example.tsx';
import { Prose } from './docs-prose.tsx';
import { TypeOf } from './docs-schema.tsx';
import type { OpenApi, Operation } from './openapi-types.ts';

const isTold = ({ tags }: Operation, tag: string): boolean => tags.includes(tag);

export function eventsOf({ webhooks = {} }: OpenApi, tag: string): (readonly [string, Operation])[] {
  return Object.entries(webhooks).flatMap(([type, methods]) =>
    Object.values(methods)
      .filter((operation) => isTold(operation, tag))
      .map((operation) => [type, operation] as const),
  );
}

export const Events: FC<{ readonly document: OpenApi; readonly tag: string }> = ({ document, tag }) => (
  <>
    {eventsOf(document, tag).map(([type, operation]) => (
      <Event type={type} operation={operation} />
    ))}
  </>
);

const Event: FC<{ readonly type: string; readonly operation: Operation }> = ({ type, operation }) => {
  const { operationId, summary, description, requestBody } = operation;
  return (
    <article id={operationId}>
      <h3>
        <span class="method POST">EVENT</span> <code>{type}</code>
        <span class="scope">{operation['x-scope']}</span>
      </h3>
      <p>
        <b>{summary}.</b> <Prose text={description} />
      </p>
      {Object.values(requestBody?.content ?? {}).map(({ schema, examples = {} }) => (
        <>
          <p>
            Body: <TypeOf schema={schema} />, sent to <a href="#postHooksErp">/hooks/erp/{'{source}'}</a>
          </p>
          <BodyExamples examples={examples} isOpen />
        </>
      ))}
    </article>
  );
};
