/** 导入: sales, members and products from files; read in the browser, looked at first, then taken in. */
import * as z from 'zod';
import { ImportPage, importKinds, templateFormats, type Source } from '../../../../schema/index.ts';
import { ImportInput, importContent } from '../../../commands/imports/import-content.ts';
import { registerSource } from '../../../commands/sources/register.ts';
import { listSources } from '../../../db/sources/registered-sources.ts';
import { owner, technical } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { importProblem } from '../words/imports.ts';
import { ImportForm, importPath, NoSource, Templates } from './import-form.tsx';

const path = importPath;
const sourcesMax = 100;
/** A page of an ordinary file has 100 KB. */
const pageLengthMax = 2_000_000;

const forFiles = async ({ db, deps }: Visit): Promise<readonly Source[]> =>
  (await listSources(db, '', sourcesMax)).filter((source) => deps.desk.files.takesFiles(source));

const home = screen({
  path,
  title: '导入',
  who: technical,
  get: async (visit) => {
    const sources = await forFiles(visit);
    const lead =
      '从收银机或表格里导出的文件，先看一遍，再导入。文件在您的浏览器里读，不会整个上传。会员的积分和储值只有老板能导入。';
    if (sources.length === 0) return { lead, body: <NoSource token={visit.token} /> };
    return {
      lead,
      acts: <Templates />,
      body: <ImportForm sources={sources} token={visit.token} />,
      scripts: ['file-reader.js', 'import.js'],
    };
  },
  post: async (visit) => {
    const named = { id: 'files', name: '导入的文件', adapter: 'generic' };
    const made = await registerSource({ db: visit.db, ...visit.deps.desk }, named, visit.now);
    if ('code' in made)
      return {
        status: 409,
        body: <p class="note stop">没有建成：已经有一个叫 files 的来源，不能用来导入。</p>,
      };
    await record(visit, { act: 'source.create', subject: named.id, before: null, after: named });
    return visit.context.redirect(saying(path, 'created'), 303);
  },
});

const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

const onePage = screen({
  path: `${path}/page`,
  title: '导入',
  who: technical,
  post: async (visit, form) => {
    const asked = ImportInput.safeParse({
      kind: form.get('kind'),
      source: form.get('source'),
      mode: form.get('mode'),
      history: form.get('history'),
      pointsFrom: form.get('pointsFrom') || undefined,
      numbering: form.get('numbering') || undefined,
    });
    const page = ImportPage.safeParse(pageIn(form.get('page') ?? ''));
    if (!asked.success || !page.success)
      return json({ problem: '这一页数据不对，请刷新后重新选文件。' }, 422);
    const { db, deps, now } = visit;
    const { engine, doorbell, desk } = deps;
    if (!isOneOf(visit.person, owner) && desk.files.hasBalances(asked.data.kind, page.data))
      return json({ problem: '文件里有积分或储值，只有老板能导入。请老板来导，或删掉这几列。' }, 422);
    const report = await importContent(
      { db, engine, doorbell, ...desk },
      asked.data,
      async () => ({ page: page.data }),
      now,
    );
    if ('code' in report) return json({ problem: importProblem(report) }, report.status);
    if (asked.data.mode === 'commit') await noted(visit, asked.data, report);
    return json(report);
  },
});

/** Null for what is no page, or longer than one. */
function pageIn(text: string): unknown {
  if (text.length > pageLengthMax) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Report = { readonly fresh: number; readonly changed: number; readonly badRows: number };

/** Of a page that changed nothing there is nothing to say. */
async function noted(
  visit: Visit,
  { kind, source }: ImportInput,
  { fresh, changed, badRows }: Report,
): Promise<void> {
  if (fresh + changed === 0) return;
  await record(visit, {
    act: 'import.commit',
    subject: source,
    before: null,
    after: { kind, fresh, changed, badRows },
  });
}

const Template = z.object({
  kind: z.enum(importKinds),
  format: z.enum(templateFormats).default('xlsx'),
});

const template = screen({
  path: `${path}/template`,
  title: '模板',
  who: technical,
  get: async ({ query, deps }) => {
    const asked = Template.safeParse(Object.fromEntries(query));
    if (!asked.success) return { status: 404, body: <p>没有这种模板。</p> };
    const { bytes, contentType, fileName } = deps.desk.files.template(asked.data.kind, asked.data.format);
    return new Response(bytes, {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  },
});

export const importScreens = [home, onePage, template];
