/** The OpenAPI 3.1 document, built from the routes that are served, so that it describes what is checked. */
import type * as z from 'zod';
import { answers, bodies, type Route } from '../call/define.ts';
import { bodyExamples, shownExamples } from './examples/shown.ts';
import { named, nameOf, refTo, shapes } from './openapi-components.ts';
import type { Content, OpenApi, Operation, Schema } from './openapi-types.ts';
import { parametersOf } from './parameters.ts';

export function openApiDocument(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  const schemas = shapes();
  for (const route of routes) {
    (paths[`/v1${route.path}`] ??= {})[route.method.toLowerCase()] = toOperation(route, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Huike 回客',
      version: '1',
      description:
        'Members, points, coupons and campaigns. Money is integer fen, instants are RFC 3339, lists are `{items, next}`.',
    },
    servers: [{ url: '/api' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'hk_…' } },
      schemas,
    },
  };
}

function toOperation(route: Route, schemas: Readonly<Record<string, Schema>>): Operation {
  const { method, path, tag, summary, description, scope, body, answer, statuses } = route;
  const success = (description: string) => ({
    description,
    content: { 'application/json': { schema: named(answers, answer) } },
  });
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-zA-Z]+(\w)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`,
    tags: [tag],
    summary,
    description: description ?? '',
    security: [{ token: [] }],
    'x-scope': scope,
    parameters: parametersOf(route),
    ...(body && { requestBody: { required: true, content: bodyContent(body, schemas) } }),
    responses: {
      ...Object.fromEntries(statuses.map((status) => [status, success(status === 201 ? 'Made' : 'Done')])),
      ...Object.fromEntries([...refusalsOf(route)].map(([status, codes]) => [status, refusal(codes)])),
    },
  };
}

function bodyContent(body: z.ZodType, schemas: Readonly<Record<string, Schema>>): Content {
  const name = nameOf(bodies, body);
  const examples = shownExamples(bodyExamples(name, schemas[name] ?? {}));
  return { 'application/json': { schema: { $ref: refTo(name) }, examples } };
}

/** Every code that it may answer, by its status. */
export function refusalsOf({ refusals, body, scope, takesKey, method }: Route): Map<string, string[]> {
  const codes = new Map<string, string[]>([['401', ['unauthorized']]]);
  codes.set('403', [scope === 'admin' ? 'insufficient_scope' : 'outside_binding']);
  if (body) codes.set('400', ['malformed']);
  if (method !== 'GET') codes.set('413', ['too_large']);
  codes.set('422', ['invalid']);
  codes.set('503', ['unavailable']);
  const add = (status: string, more: readonly string[]): void => {
    codes.set(status, [...new Set([...(codes.get(status) ?? []), ...more])]);
  };
  if (takesKey) add('409', ['idempotency_key_reused', 'in_progress']);
  for (const [status, more] of Object.entries(refusals ?? {})) add(status, more ?? []);
  return new Map([...codes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const refusal = (codes: readonly string[]) => ({
  description: codes.join(', '),
  content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } },
});
