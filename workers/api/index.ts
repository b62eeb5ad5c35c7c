/** 开放接口: the JSON API under /v1. Its document and the page to read it are files: `openapi/files.ts`. */
import { Hono } from 'hono';
import { problemResponse } from '../platform/problem.ts';
import type { ApiDeps } from './call/define.ts';
import { serveImport, serveImportPage, serveTemplate } from './events/imports.ts';
import { routes } from './routes.ts';
import { serve } from './call/serve.ts';

export type { ApiDeps } from './call/define.ts';

export function api(deps: ApiDeps): Hono {
  const app = new Hono();
  for (const route of routes) {
    app.on(route.method, toHono(route.path), ({ req }) =>
      serve(deps, route, { request: req.raw, params: req.param(), query: req.query() }),
    );
  }
  // Files are not JSON, so they are served outside the table of routes.
  if (deps.files) {
    app.post('/v1/imports', ({ req }) => serveImport(deps, req.raw));
    app.post('/v1/imports/page', ({ req }) => serveImportPage(deps, req.raw));
    app.get('/v1/imports/template', ({ req }) => serveTemplate(deps, req.raw));
    app.all('/v1/imports', () => methodNotAllowed(['POST']));
    app.all('/v1/imports/page', () => methodNotAllowed(['POST']));
    app.all('/v1/imports/template', () => methodNotAllowed(['GET']));
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(toHono(path), () => methodNotAllowed(methods));
  }
  app.notFound(() =>
    problemResponse({
      status: 404,
      code: 'unknown_route',
      detail: 'there is no such call; /api/docs lists those there are',
    }),
  );
  return app;
}

const toHono = (path: string): string => `/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

function methodsByPath(): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const { path, method } of routes) byPath.set(path, [...(byPath.get(path) ?? []), method]);
  return byPath;
}

const methodNotAllowed = (methods: readonly string[]): Response =>
  problemResponse({
    status: 405,
    code: 'method_not_allowed',
    detail: `this path answers to ${methods.join(', ')}`,
    headers: { allow: methods.join(', ') },
  });
