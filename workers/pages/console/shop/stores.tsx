/** 门店: entered and changed by form; what a till named by itself stands there too. */
import * as z from 'zod';
import { StoreId } from '../../../../schema/index.ts';
import { enterStore, StoreInput } from '../../../commands/shop/stores.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { checkForm, openForm, type FormSpec } from '../form/form.tsx';
import { office, owner } from '../kit/nav.ts';
import { Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { storeWords } from '../words/forms/shop.ts';

const storesPath = '/console/stores';

const NewStore = StoreInput.extend({ id: z.string().trim().min(1).max(64) });

const storeList = screen({
  path: storesPath,
  title: '门店',
  who: office,
  get: async ({ db }) => ({
    lead: '收银机第一次报上来的门店会自己出现，名字可以在这里改。',
    acts: (
      <a class="button first" href={`${storesPath}/new`}>
        新增门店
      </a>
    ),
    body: (
      <Sheet>
        <Table
          caption="全部门店"
          rows={await listStores(db)}
          empty="还没有门店。"
          columns={[
            {
              label: '名称',
              show: ({ id, name }) => <a href={`${storesPath}/${encodeURIComponent(id)}`}>{name}</a>,
            },
            { label: '收银机里的编码', show: ({ id }) => <code>{id}</code> },
            { label: '时区', show: ({ timezone }) => (timezone === 'Asia/Shanghai' ? '北京时间' : timezone) },
          ]}
        />
      </Sheet>
    ),
  }),
});

const storeOf = <Input,>(schema: z.ZodType<Input>, { token }: Visit, action: string): FormSpec<Input> => ({
  schema,
  words: storeWords,
  choices: {},
  action,
  token,
  label: '保存',
});

async function saveStore(visit: Visit, id: string, input: z.infer<typeof StoreInput>): Promise<Response> {
  const before = (await listStores(visit.db)).find((store) => store.id === id) ?? null;
  const after = await enterStore(visit.db, StoreId.parse(id), input);
  await record(visit, { act: 'store.put', subject: id, before, after });
  return visit.context.redirect(saying(storesPath, 'saved'), 303);
}

const newPath = `${storesPath}/new`;
const storeNew = screen({
  path: newPath,
  title: '新增门店',
  who: owner,
  get: async (visit) => openForm(storeOf(NewStore, visit, newPath), { timezone: 'Asia/Shanghai' }),
  post: async (visit, form) => {
    const checked = checkForm(storeOf(NewStore, visit, newPath), form);
    if ('again' in checked) return checked.again;
    const { id, ...input } = checked.input;
    return saveStore(visit, id, input);
  },
});

/** Under another one it would be another store, and this one would stay. */
const fixed = (id: string): string => `编码 ${id} 和收银机里的一样，不能改；编错了，就另外新增一家。`;

const storeOne = screen({
  path: `${storesPath}/:id`,
  title: '门店',
  who: owner,
  get: async (visit) => {
    const store = (await listStores(visit.db)).find(({ id }) => id === visit.id);
    if (!store) return NotFound('这家门店', back);
    const { id, name, timezone } = store;
    return {
      ...openForm(storeOf(StoreInput, visit, pathOf(id)), { name, timezone }),
      title: name,
      lead: fixed(id),
    };
  },
  post: async (visit, form) => {
    if (!(await listStores(visit.db)).some(({ id }) => id === visit.id)) return NotFound('这家门店', back);
    const checked = checkForm(storeOf(StoreInput, visit, pathOf(visit.id)), form);
    if ('again' in checked) return { ...checked.again, lead: fixed(visit.id) };
    return saveStore(visit, visit.id, checked.input);
  },
});

const back = { href: storesPath, label: '回到门店' };
const pathOf = (id: string): string => `${storesPath}/${encodeURIComponent(id)}`;

export const storeScreens = [storeList, storeNew, storeOne];
