/** 导入: a file of sales, members or products is previewed and then committed; sending it twice changes nothing. */
import * as z from 'zod';
import { ImportPage, importKinds, templateFormats } from '../../../schema/index.ts';
import type { Files, Upload } from '../../commands/imports/files.ts';
import { ImportInput, importContent, tooLarge } from '../../commands/imports/import-content.ts';
import { DbError } from '../../db/db.ts';
import { log } from '../../platform/log.ts';
import { problemResponse, type Problem } from '../../platform/problem.ts';
import { readAtMost } from '../../platform/read-at-most.ts';
import { authenticate } from '../call/authenticate.ts';
import { invalid, invalidField } from '../../commands/invalid.ts';
import type { ApiDeps } from '../call/define.ts';

const TemplateQuery = z.strictObject({
  kind: z.enum(importKinds),
  format: z.enum(templateFormats).default('xlsx'),
});

export const serveImport = (deps: ApiDeps, request: Request): Promise<Response> =>
  taken(deps, request, async (bytes) => ({ bytes }));

/** 分页导入: a page of a file that was read where there is time for it; its report is of the page. */
export const serveImportPage = (deps: ApiDeps, request: Request): Promise<Response> =>
  taken(deps, request, async (bytes) => {
    const page = ImportPage.safeParse(jsonOf(bytes));
    return page.success ? { page: page.data } : invalid(page.error);
  });

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

type Content = Upload['content'];

const taken = (
  deps: ApiDeps,
  request: Request,
  contentOf: (bytes: Uint8Array<ArrayBuffer>) => Promise<Content | Problem>,
): Promise<Response> =>
  guarded(deps, request, async (files, query) => {
    const asked = ImportInput.safeParse(query);
    if (!asked.success) return invalid(asked.error);
    const content = async (): Promise<Content | Problem> => {
      const bytes = await readBytes(request, files.fileBytesMax);
      if (bytes === null) return tooLarge(`文件超过 ${files.fileBytesMax / 1_000_000} MB`);
      if (bytes.length === 0) return invalidField('file', '请求中没有文件：请把文件内容作为请求体发送');
      return contentOf(bytes);
    };
    const report = await importContent({ ...deps, files }, asked.data, content, deps.clock());
    return 'code' in report ? report : Response.json(report, { headers: { 'cache-control': 'no-store' } });
  });

export const serveTemplate = (deps: ApiDeps, request: Request): Promise<Response> =>
  guarded(deps, request, async (files, query) => {
    const asked = TemplateQuery.safeParse(query);
    if (!asked.success) return invalid(asked.error);
    const { bytes, contentType, fileName } = files.template(asked.data.kind, asked.data.format);
    const headers = {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
    };
    return new Response(bytes, { headers });
  });

type Work = (files: Files, query: Readonly<Record<string, string>>) => Promise<Response | Problem>;

async function guarded(deps: ApiDeps, request: Request, work: Work): Promise<Response> {
  try {
    const caller = await authenticate(deps, request, { scope: 'admin', takesKey: false });
    if ('code' in caller) return problemResponse(caller);
    if (!deps.files) throw new Error('imports are served, but nothing reads files');
    const done = await work(deps.files, Object.fromEntries(new URL(request.url).searchParams));
    return done instanceof Response ? done : problemResponse(done);
  } catch (error) {
    log('error', 'import_failed', { name: error instanceof Error ? error.name : typeof error });
    const isOutage = error instanceof DbError && error.kind !== 'refused';
    return problemResponse(isOutage ? unavailable : internal);
  }
}

/** Null when the body is larger; reading stops at the limit, whatever content-length says. */
async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) return null;
  return readAtMost(request.body, bytesMax);
}

const internal: Problem = {
  status: 500,
  code: 'internal',
  detail: 'something went wrong here; it was logged',
};
const unavailable: Problem = {
  status: 503,
  code: 'unavailable',
  detail: '数据库没有应答，可能已导入一部分；请把同一个文件再上传一次，已导入的不会重复',
  retryAfterSeconds: 5,
};
