/** 导购: entered and changed by form; who works where, and the WeChat account that gets the members' words. */
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { AssociateId, type Associate } from '../../../../schema/index.ts';
import { AssociateInput, enterAssociate } from '../../../commands/shop/stores.ts';
import { associateById, listAssociates } from '../../../db/shop/associates.ts';
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
export const backToAssociates = { href: associatesPath, label: '回到导购' };
export const associatePath = (id: string): string => `${associatesPath}/${encodeURIComponent(id)}`;

/** Her WeChat is bound by the code that she scans, not by a form. */
const KnownAssociate = AssociateInput.omit({ openid: true });
const NewAssociate = KnownAssociate.extend({ id: z.string().trim().min(1).max(64) });

const associateList = screen({
  path: associatesPath,
  title: '导购',
  who: office,
  get: async ({ db }) => {
    const [all, known] = await Promise.all([listAssociates(db), listStores(db)]);
    const stores = new Map(known.map(({ id, name }) => [id, name]));
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
            rows={all}
            empty="还没有导购。"
            columns={[
              {
                label: '姓名',
                show: ({ id, name }) => <a href={associatePath(id)}>{name}</a>,
              },
              { label: '收银机里的工号', show: ({ id }) => <code>{id}</code> },
              {
                label: '门店',
                show: ({ storeId }) => (storeId === null ? '还没分' : (stores.get(storeId) ?? storeId)),
              },
              {
                label: '微信',
                show: (one) => <Reached associate={one} />,
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

const Reached: FC<{ associate: Associate }> = ({ associate: { endedAt, openid, wecomUserId } }) => {
  if (endedAt !== null) return <Mark>已离职</Mark>;
  return openid !== null || wecomUserId !== null ? (
    <Mark tone="good">收得到</Mark>
  ) : (
    <Mark tone="wait">没绑</Mark>
  );
};

async function associateOf<Input>(
  schema: z.ZodType<Input>,
  visit: Visit,
  action: string,
): Promise<FormSpec<Input>> {
  const stores = await listStores(visit.db);
  return {
    schema,
    words: associateWords,
    choices: { storeId: stores.map(({ id, name }) => ({ value: id, label: name })) },
    action,
    token: visit.token,
    label: '保存',
  };
}

async function saveAssociate(
  visit: Visit,
  id: string,
  input: z.infer<typeof KnownAssociate>,
): Promise<Response> {
  const before = (await associateById(visit.db, id))?.associate ?? null;
  const after = await enterAssociate(visit.db, AssociateId.parse(id), input);
  await record(visit, { act: 'associate.put', subject: id, before, after });
  return visit.context.redirect(saying(associatesPath, 'saved'), 303);
}

const newPath = `${associatesPath}/new`;
const associateNew = screen({
  path: newPath,
  title: '新增导购',
  who: office,
  get: async (visit) => openForm(await associateOf(NewAssociate, visit, newPath), {}),
  post: async (visit, form) => {
    const checked = checkForm(await associateOf(NewAssociate, visit, newPath), form);
    if ('again' in checked) return checked.again;
    const { id, ...input } = checked.input;
    return saveAssociate(visit, id, input);
  },
});

/** Under another one she would be somebody else. */
const fixed = (id: string): string => `工号 ${id} 和收银机里的一样，不能改。`;

const associateOne = screen({
  path: `${associatesPath}/:id`,
  title: '导购',
  who: office,
  get: async (visit) => {
    const found = (await associateById(visit.db, visit.id))?.associate;
    if (!found) return NotFound('这位导购', backToAssociates);
    const own = associatePath(found.id);
    if (found.endedAt !== null) return visit.context.redirect(`${own}/leave`, 303);
    const { id, name, storeId, wecomUserId } = found;
    return {
      ...openForm(await associateOf(KnownAssociate, visit, own), { name, storeId, wecomUserId }),
      title: name,
      lead: fixed(id),
      acts: (
        <>
          <a class="button" href={`${own}/poster`}>
            专属码海报
          </a>
          <Act action={`${own}/invite`} token={visit.token} label="邀请她绑微信" />
          <a class="button stop" href={`${own}/leave`}>
            离职
          </a>
        </>
      ),
    };
  },
  post: async (visit, form) => {
    if (!(await associateById(visit.db, visit.id))) return NotFound('这位导购', backToAssociates);
    const checked = checkForm(await associateOf(KnownAssociate, visit, associatePath(visit.id)), form);
    if ('again' in checked) return { ...checked.again, lead: fixed(visit.id) };
    return saveAssociate(visit, visit.id, checked.input);
  },
});

export const associateScreens = [associateList, associateNew, associateOne];
