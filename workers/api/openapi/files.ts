/** 接口文档: the OpenAPI document and the page to read it, as files that stand beside the Worker under /api. */
import { importPaths, importTag } from '../events/import-paths.ts';
import { routes } from '../routes.ts';
import { docsPage } from './docs.tsx';
import { openApiDocument } from './openapi.ts';
import type { OpenApi } from './openapi-types.ts';

/** Every call: also those that take files, which are no JSON and stand outside the table of routes. */
export function wholeDocument(): OpenApi {
  const described = openApiDocument(routes);
  return {
    ...described,
    tags: [...described.tags, { name: importTag }],
    paths: { ...described.paths, ...importPaths() },
  };
}

export async function apiFiles(): Promise<Record<string, string>> {
  const document = wholeDocument();
  return { 'openapi.json': JSON.stringify(document), 'docs.html': String(await docsPage(document)) };
}
