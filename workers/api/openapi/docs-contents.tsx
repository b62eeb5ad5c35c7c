/** The page's table of contents, call by call. */
import type { FC } from 'hono/jsx';
import { eventsOf } from './docs-events.tsx';
import type { OpenApi, Operation } from './openapi-types.ts';

export type CallProps = { readonly method: string; readonly path: string; readonly operation: Operation };

export function operationsOf({ paths }: OpenApi, tag: string): CallProps[] {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

export const anchor = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

export const Contents: FC<{ document: OpenApi }> = ({ document }) => (
  <nav>
    {document.tags.map(({ name }) => (
      <>
        <a class="tag" href={`#${anchor(name)}`}>
          {name}
        </a>
        {operationsOf(document, name).map(({ method, path, operation }) => (
          <a href={`#${operation.operationId}`}>
            <small class={method}>{method}</small> {path.replace('/v1', '')}
          </a>
        ))}
        {eventsOf(document, name).map(([type, { operationId }]) => (
          <a href={`#${operationId}`}>{type}</a>
        ))}
      </>
    ))}
    <a class="tag" href="#shapes">
      Shapes
    </a>
  </nav>
);
