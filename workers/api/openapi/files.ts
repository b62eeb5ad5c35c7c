/** 接口文档: the OpenAPI document and the page to read it, as files that stand beside the Worker under /api. */
import { importPaths, importTag } from '../events/import-paths.ts';
import { routes } from '../routes.ts';
import { signature, takenSchemas } from './events/answers.ts';
import { eventSchemas, eventTag, eventWebhooks, hookPaths } from './events/webhooks.ts';
import { docsPage } from './docs.tsx';
import { openApiDocument } from './openapi.ts';
import type { OpenApi } from './openapi-types.ts';

/** Every call: also those that take files, and where tills tell events, which stand outside the table of routes. */
export function wholeDocument(): OpenApi {
  const described = openApiDocument(routes);
  const { securitySchemes, schemas } = described.components;
  return {
    ...described,
    tags: [...described.tags, { name: importTag }, { name: eventTag }],
    paths: { ...described.paths, ...importPaths(), ...hookPaths() },
    webhooks: eventWebhooks(),
    components: {
      securitySchemes: { ...securitySchemes, signature },
      schemas: { ...schemas, ...eventSchemas(), ...takenSchemas },
    },
  };
}

export async function apiFiles(): Promise<Record<string, string>> {
  const document = wholeDocument();
  return { 'openapi.json': JSON.stringify(document), 'docs.html': String(await docsPage(document)) };
}
