/** The API reference page, built from the OpenAPI document; it needs no script, font or picture. */
import type { Child, FC } from 'hono/jsx';
import { html, raw } from 'hono/html';
import { Events } from './docs-events.tsx';
import { Basics } from './docs-basics.tsx';
import { BodyExamples, ExampleIn } from './docs-example.tsx';
import { Prose } from './docs-prose.tsx';
import { docsStyle } from './docs-style.ts';
import { Fields, TypeOf } from './docs-schema.tsx';
import { anchor, Contents, operationsOf, type CallProps } from './docs-contents.tsx';
import type { OpenApi, Parameter, Schema } from './openapi-types.ts';

export const docsPage = (document: OpenApi) => html`<!doctype html>${<Page document={document} />}`;

const Page: FC<{ document: OpenApi }> = ({ document }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{document.info.title} API</title>
      <style>{raw(docsStyle)}</style>
    </head>
    <body>
      <Contents document={document} />
      <main>
        <header>
          <h1>{document.info.title} API</h1>
          <p>
            <Prose text={document.info.description} />
          </p>
          <p>
            The same description for machines: <a href="openapi.json">openapi.json</a>.
          </p>
          <Basics url={document.servers[0]?.url ?? ''} />
        </header>
        {document.tags.map(({ name }) => (
          <section id={anchor(name)}>
            <h2>{name}</h2>
            {operationsOf(document, name).map((call) => (
              <Call {...call} />
            ))}
            <Events document={document} tag={name} />
          </section>
        ))}
        <section id="shapes">
          <h2>Shapes</h2>
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <Shape name={name} schema={schema} />
          ))}
        </section>
      </main>
    </body>
  </html>
);

const Call: FC<CallProps> = ({ method, path, operation }) => (
  <article id={operation.operationId}>
    <h3>
      <span class={`method ${method}`}>{method}</span> <code>{path}</code>
      <span class="scope">{operation['x-scope']}</span>
    </h3>
    <p>
      <b>{operation.summary}.</b> <Prose text={operation.description} />
    </p>
    {operation.parameters.length > 0 && (
      <Table caption="Parameters">
        {operation.parameters.map((parameter) => (
          <ParameterRow parameter={parameter} />
        ))}
      </Table>
    )}
    {Object.values(operation.requestBody?.content ?? {}).map(({ schema, examples = {} }) => (
      <>
        <p>
          Body: <TypeOf schema={schema} />
        </p>
        <BodyExamples examples={examples} />
      </>
    ))}
    <Table caption="Answers">
      {Object.entries(operation.responses).map(([status, { description, content }]) => (
        <tr>
          <th scope="row">{status}</th>
          <td>
            {Object.values(content).map(({ schema }) => (
              <TypeOf schema={schema} />
            ))}
          </td>
          <td>
            <Prose text={description} />
          </td>
        </tr>
      ))}
    </Table>
  </article>
);

const Table: FC<{ caption: string; children?: Child }> = ({ caption, children }) => (
  <table>
    <caption>{caption}</caption>
    <tbody>{children}</tbody>
  </table>
);

const ParameterRow: FC<{ parameter: Parameter }> = ({
  parameter: { name, in: place, required, description, schema },
}) => (
  <tr>
    <th scope="row">
      <code>{name}</code>
    </th>
    <td>
      <TypeOf schema={schema} />
    </td>
    <td>
      {place}
      {required && ', required'}
      {description && (
        <>
          . <Prose text={description} />
        </>
      )}
      {'default' in schema && <small> Default {JSON.stringify(schema['default'])}.</small>}
      <ExampleIn schema={schema} />
    </td>
  </tr>
);

const Shape: FC<{ name: string; schema: Schema }> = ({ name, schema }) => (
  <article id={`shape-${name}`}>
    <h3>{name}</h3>
    <Fields schema={schema} />
  </article>
);
