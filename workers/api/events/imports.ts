/** 导入: a file of sales, members or products is previewed and then committed; sending it twice changes nothing. */
import * as z from 'zod';
import {
  ImportPage,
  historyModes,
  importKinds,
  importModes,
  numberings,
  templateFormats,
  type Source,
} from '../../../schema/index.ts';
import { checkNumbering } from '../../commands/sources/numbering.ts';
import { registerSource } from '../../commands/sources/register.ts';
import { numberingOf } from '../../decide/plain/numbering.ts';
import { DbError } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { log } from '../../platform/log.ts';
import { problemResponse, type Problem } from '../../platform/problem.ts';
import { readAtMost } from '../../platform/read-at-most.ts';
import { authenticate } from '../call/authenticate.ts';
import { invalid, invalidField } from '../../commands/invalid.ts';
import type { ApiDeps } from '../call/define.ts';
import type { Files } from './files.ts';

const ImportQuery = z.strictObject({
  kind: z.enum(importKinds),
  source: z.string().trim().min(1).max(40),
  mode: z.enum(importModes).default('preview'),
  numbering: z.enum(numberings).optional(),
  history: z.enum(historyModes).default('auto'),
});
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

type Content = Parameters<Files['run']>[1]['content'];

const taken = (
  deps: ApiDeps,
  request: Request,
  contentOf: (bytes: Uint8Array<ArrayBuffer>) => Promise<Content | Problem>,
): Promise<Response> =>
  guarded(deps, request, async (files, query) => {
    const asked = ImportQuery.safeParse(query);
    if (!asked.success) return invalid(asked.error);
    const { kind, mode, history } = asked.data;
    const source = await sourceOf(deps, files, asked.data);
    if ('code' in source) return source;
    const bytes = await readBytes(request, files.fileBytesMax);
    if (bytes === null) return tooLarge(`文件超过 ${files.fileBytesMax / 1_000_000} MB`);
    if (bytes.length === 0) return invalidField('file', '请求中没有文件：请把文件内容作为请求体发送');
    const content = await contentOf(bytes);
    if ('code' in content) return content;
    const report = await files.run(deps, { kind, mode, history, source, content, now: deps.clock() });
    if ('fault' in report)
      return report.isTooLarge ? tooLarge(report.fault) : invalidField('file', report.fault);
    if (mode === 'commit' && report.fresh + report.changed > 0) deps.doorbell.ring();
    return Response.json(report, { headers: { 'cache-control': 'no-store' } });
  });

/** How a source numbers is said with its first file as well: what is taken in is decided by it, and all that follows. */
async function sourceOf(
  deps: ApiDeps,
  files: Files,
  asked: z.infer<typeof ImportQuery>,
): Promise<Source | Problem> {
  const source = await readSource(deps.db, asked.source);
  if (!source) return invalidField('source', 'is not a registered source; register one for files first');
  if (!files.takesFiles(source)) return invalidField('source', 'must use the adapter generic to take files');
  const { kind, mode, numbering } = asked;
  if (numbering === undefined || numbering === numberingOf(source.config)) return source;
  if (kind !== 'sales') return invalidField('numbering', 'is for receipts; leave it out, or send kind=sales');
  const { id, name, adapter } = source;
  const config = { ...source.config, numbering };
  if (mode === 'preview')
    return (await checkNumbering(deps.db, { ...source, config }, source)) ?? { ...source, config };
  const registered = await registerSource(deps, { id, name, adapter, config }, deps.clock());
  return 'code' in registered ? registered : registered.source;
}

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

const tooLarge = (detail: string): Problem => ({ status: 413, code: 'too_large', detail, field: 'file' });
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
