/** 渠道码: codes for stores, coupons, campaigns and places, with how often each was scanned and its gift claimed. */
import * as z from 'zod';
import { endOfTime } from '../../../db/paging.ts';
import { listCampaigns } from '../../../db/shop/campaigns.ts';
import { listTemplates } from '../../../db/shop/coupon-templates.ts';
import { listScenes, readScene } from '../../../db/shop/scenes.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { enterScene } from '../../../commands/shop/scenes.ts';
import { CampaignInput } from '../../../decide/campaigns/campaigns.ts';
import { newId } from '../../../platform/digest.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { asked, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { codeWords, sceneKindNames, sceneLines } from '../words/forms/code.ts';
import { deskOf } from './associate-codes.tsx';
import { isChangeable } from './changeable.ts';
import { Poster } from './poster.tsx';

const path = '/console/codes';
export const backToCodes = { href: path, label: '回到渠道码' };
/** `:id` stays what it is: the pattern of a page. */
export const codePath = (id: string, part = ''): string =>
  `${path}/${id === ':id' ? id : encodeURIComponent(id)}${part}`;
const pageSize = 50;
const choicesMax = 200;

const id = z.string().trim().min(1).max(128);
const name = z.string().trim().min(1).max(60);
export const CodeInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('store'), storeId: id, name }),
  z.strictObject({ kind: z.literal('coupon'), templateId: id, name }),
  z.strictObject({ kind: z.literal('campaign'), campaignId: id, name }),
  z.strictObject({ kind: z.literal('source'), source: id, name }),
]);
type CodeInput = z.infer<typeof CodeInput>;

export function targetOf(input: CodeInput): string {
  switch (input.kind) {
    case 'store':
      return input.storeId;
    case 'coupon':
      return input.templateId;
    case 'campaign':
      return input.campaignId;
    case 'source':
      return input.source;
    default:
      return input satisfies never;
  }
}

const list = screen({
  path,
  title: '渠道码',
  who: office,
  get: async ({ db, query, now }) => {
    const after = query.get('after') ?? '';
    const found = await listScenes(db, { kind: null, after, limit: pageSize + 1 });
    const rows = found.slice(0, pageSize);
    const next = found.length > pageSize ? asked(path, { after: rows.at(-1)?.id ?? '' }) : null;
    return {
      lead: '贴在门店、券、单页上的公众号二维码：谁扫了，从哪儿来的，都记得。导购的专属码在“导购”里打印。',
      acts: (
        <a class="button first" href={`${path}/new`}>
          新建码
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption="按编号排列，不能搜索"
            rows={rows}
            empty={<p>还没有码。先给收银台做一张门店码。</p>}
            next={next}
            columns={[
              {
                label: '名称',
                show: (scene) => <a href={`${path}/${encodeURIComponent(scene.id)}`}>{scene.name}</a>,
              },
              { label: '是什么', show: ({ kind }) => sceneKindNames[kind] },
              { label: '扫过', show: ({ scans }) => count(scans), isNumber: true },
              { label: '领过礼', show: ({ claims }) => count(claims), isNumber: true },
              {
                label: '有效到',
                show: ({ expiresAt, renewalDays }) =>
                  expiresAt === null ? '一直有效' : renewalDays === null ? moment(expiresAt, now) : '自动续',
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

export async function specOf(
  { db, token }: Visit,
  { action, label }: { readonly action: string; readonly label: string } = newCode,
): Promise<FormSpec<CodeInput>> {
  const from = { at: endOfTime, id: '' };
  const [stores, templates, campaigns] = await Promise.all([
    listStores(db),
    listTemplates(db, from, choicesMax),
    listCampaigns(db, from, choicesMax),
  ]);
  return {
    schema: CodeInput,
    words: codeWords,
    choices: {
      storeId: stores.map((store) => ({ value: store.id, label: store.name })),
      templateId: templates.map((template) => ({ value: template.id, label: template.definition.name })),
      campaignId: campaigns.map(({ version }) => ({
        value: version.id,
        label: CampaignInput.parse(version.definition).name,
      })),
    },
    action,
    token,
    label,
  };
}

const newCode = { action: `${path}/new`, label: '新建码' };

const create = screen({
  path: `${path}/new`,
  title: '新建码',
  who: office,
  get: async (visit) => openForm(await specOf(visit), { kind: 'store' }),
  post: async (visit, form) => {
    const spec = await specOf(visit);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { kind, name: said } = checked.input;
    const sceneId = newId(kind);
    const told = { id: sceneId, kind, targetId: targetOf(checked.input), name: said };
    // Printed, so it never ends.
    const scene = await enterScene(
      deskOf(visit),
      { ...told, permanent: true, days: 30, renewed: false },
      visit.now,
    );
    if ('code' in scene) return refusedForm(spec, form, scene);
    await record(visit, { act: 'code.create', subject: sceneId, before: null, after: told });
    return visit.context.redirect(saying(`${path}/${encodeURIComponent(sceneId)}`, 'created'), 303);
  },
});

const poster = screen({
  path: `${path}/:id`,
  title: '渠道码',
  who: office,
  get: async (visit) => {
    const scene = await readScene(visit.db, visit.id);
    if (!scene || scene.kind === 'staff') return NotFound('这张码', backToCodes);
    if (scene.url === null) return sorry({ status: 409, code: 'no_code', detail: 'no code' });
    const { shopName } = await readSettings(visit.db);
    return {
      title: scene.name,
      acts: isChangeable(scene) && (
        <a class="button" href={codePath(scene.id, '/change')}>
          改名或换用途
        </a>
      ),
      lead: `${sceneKindNames[scene.kind]}，扫过 ${count(scene.scans)} 次，领过礼 ${count(scene.claims)} 次。按 Ctrl+P 打印。`,
      body: (
        <Poster
          url={scene.url}
          shopName={shopName}
          place={null}
          name={scene.name}
          line={sceneLines[scene.kind]}
        />
      ),
    };
  },
});

export const codeScreens = [list, create, poster];
