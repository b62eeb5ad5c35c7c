/** 门店与导购: entered and changed by form; who works where, and the WeChat account that gets the shop's words. */
import * as z from 'zod';
import { AssociateId, StoreId } from '../../../../schema/index.ts';
import { AssociateInput, enterAssociate, enterStore, StoreInput } from '../../../commands/shop/stores.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { checkForm, openForm, type FormSpec } from '../form/form.tsx';
import { office, owner } from '../kit/nav.ts';
import { Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { associateWords, storeWords } from '../words/forms/shop.ts';

const storesPath = '/console/stores';
const associatesPath = '/console/associates';

const WithId = <Shape extends z.ZodRawShape>(input: z.ZodObject<Shape>) =>
  input.extend({ id: z.string().trim().min(1).max(64) });
const NewStore = WithId(StoreInput);
const NewAssociate = WithId(AssociateInput.omit({ openid: true }));

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
            { label: '时区', show: ({ timezone }) => timezone },
          ]}
        />
      </Sheet>
    ),
  }),
});

const spec = <Input,>(
  { token }: Visit,
  given: Pick<FormSpec<Input>, 'schema' | 'words' | 'action' | 'label'> & {
    choices?: FormSpec<Input>['choices'];
  },
): FormSpec<Input> => ({ choices: {}, ...given, token });

const storeOf = (visit: Visit, action: string) =>
  spec(visit, { schema: NewStore, words: storeWords, action, label: '保存' });

async function saveStore(visit: Visit, form: URLSearchParams, action: string) {
  const checked = checkForm(storeOf(visit, action), form);
  if ('again' in checked) return checked.again;
  const { id, ...input } = checked.input;
  const before = (await listStores(visit.db)).find((store) => store.id === id) ?? null;
  const after = await enterStore(visit.db, StoreId.parse(id), input);
  await record(visit, { act: 'store.put', subject: id, before, after });
  return visit.context.redirect(saying(storesPath, 'saved'), 303);
}

const storeNew = screen({
  path: `${storesPath}/new`,
  title: '新增门店',
  who: owner,
  get: async (visit) => openForm(storeOf(visit, `${storesPath}/new`), { timezone: 'Asia/Shanghai' }),
  post: async (visit, form) => saveStore(visit, form, `${storesPath}/new`),
});

const storeOne = screen({
  path: `${storesPath}/:id`,
  title: '门店',
  who: owner,
  get: async (visit) => {
    const store = (await listStores(visit.db)).find(({ id }) => id === visit.id);
    if (!store) return NotFound('这家门店', { href: storesPath, label: '回到门店' });
    return openForm(storeOf(visit, `${storesPath}/${encodeURIComponent(store.id)}`), store);
  },
  post: async (visit, form) => saveStore(visit, form, `${storesPath}/${encodeURIComponent(visit.id)}`),
});

const associateList = screen({
  path: associatesPath,
  title: '导购',
  who: office,
  get: async ({ db }) => {
    const stores = new Map((await listStores(db)).map(({ id, name }) => [id, name]));
    return {
      lead: '会员的话会转给她的导购；没绑微信的导购收不到。',
      acts: (
        <a class="button first" href={`${associatesPath}/new`}>
          新增导购
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption="全部导购"
            rows={await listAssociates(db)}
            empty="还没有导购。"
            columns={[
              {
                label: '姓名',
                show: ({ id, name }) => <a href={`${associatesPath}/${encodeURIComponent(id)}`}>{name}</a>,
              },
              { label: '收银机里的工号', show: ({ id }) => <code>{id}</code> },
              {
                label: '门店',
                show: ({ storeId }) => (storeId === null ? '还没分' : (stores.get(storeId) ?? storeId)),
              },
              {
                label: '微信',
                show: ({ openid, wecomUserId }) =>
                  openid !== null || wecomUserId !== null ? (
                    <Mark tone="good">收得到</Mark>
                  ) : (
                    <Mark tone="wait">没绑</Mark>
                  ),
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

async function associateOf(visit: Visit, action: string) {
  const stores = await listStores(visit.db);
  return spec(visit, {
    schema: NewAssociate,
    words: associateWords,
    choices: { storeId: stores.map(({ id, name }) => ({ value: id, label: name })) },
    action,
    label: '保存',
  });
}

async function saveAssociate(visit: Visit, form: URLSearchParams, action: string) {
  const checked = checkForm(await associateOf(visit, action), form);
  if ('again' in checked) return checked.again;
  const { id, ...input } = checked.input;
  const before = (await listAssociates(visit.db)).find((one) => one.id === id) ?? null;
  const after = await enterAssociate(visit.db, AssociateId.parse(id), input);
  await record(visit, { act: 'associate.put', subject: id, before, after });
  return visit.context.redirect(saying(associatesPath, 'saved'), 303);
}

const associateNew = screen({
  path: `${associatesPath}/new`,
  title: '新增导购',
  who: office,
  get: async (visit) => openForm(await associateOf(visit, `${associatesPath}/new`), {}),
  post: async (visit, form) => saveAssociate(visit, form, `${associatesPath}/new`),
});

const associateOne = screen({
  path: `${associatesPath}/:id`,
  title: '导购',
  who: office,
  get: async (visit) => {
    const found = (await listAssociates(visit.db)).find(({ id }) => id === visit.id);
    if (!found) return NotFound('这位导购', { href: associatesPath, label: '回到导购' });
    return openForm(await associateOf(visit, `${associatesPath}/${encodeURIComponent(found.id)}`), found);
  },
  post: async (visit, form) =>
    saveAssociate(visit, form, `${associatesPath}/${encodeURIComponent(visit.id)}`),
});

export const storeScreens = [storeList, storeNew, storeOne, associateList, associateNew, associateOne];
