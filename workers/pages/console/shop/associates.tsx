/** 导购: entered and changed by form; who works where, and the WeChat account that gets the members' words. */
import * as z from 'zod';
import { AssociateId } from '../../../../schema/index.ts';
import { AssociateInput, enterAssociate } from '../../../commands/shop/stores.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { checkForm, openForm, type FormSpec } from '../form/form.tsx';
import { office } from '../kit/nav.ts';
import { Act, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { associateWords } from '../words/forms/shop.ts';

export const associatesPath = '/console/associates';
const NewAssociate = AssociateInput.omit({ openid: true }).extend({ id: z.string().trim().min(1).max(64) });

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

async function associateOf(visit: Visit, action: string): Promise<FormSpec<z.infer<typeof NewAssociate>>> {
  const stores = await listStores(visit.db);
  return {
    schema: NewAssociate,
    words: associateWords,
    choices: { storeId: stores.map(({ id, name }) => ({ value: id, label: name })) },
    action,
    token: visit.token,
    label: '保存',
  };
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
    const own = `${associatesPath}/${encodeURIComponent(found.id)}`;
    return {
      ...openForm(await associateOf(visit, own), found),
      title: found.name,
      acts: (
        <>
          <a class="button" href={`${own}/poster`}>
            专属码海报
          </a>
          <Act action={`${own}/invite`} token={visit.token} label="邀请她绑微信" />
        </>
      ),
    };
  },
  post: async (visit, form) =>
    saveAssociate(visit, form, `${associatesPath}/${encodeURIComponent(visit.id)}`),
});

export const associateScreens = [associateList, associateNew, associateOne];
