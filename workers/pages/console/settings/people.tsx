/** 人员: colleagues, what they may do, and the links by which they come in for the first time. */
import type { Person, PersonId } from '../../../../schema/index.ts';
import { changePerson, enterPerson, PersonInput } from '../../../commands/people/people.ts';
import { listPeople, readPerson } from '../../../db/people/people.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { count, moment } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Act, Mark, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { personWords } from '../words/forms/people.ts';
import { roleNames } from '../words/people.ts';
import { backToPeople, handLink, leavingScreens, peoplePath, unlessLast } from './people-leaving.tsx';

const path = peoplePath;
const back = backToPeople;

const specOf = async (
  { db, token }: Visit,
  action: string,
  label: string,
): Promise<FormSpec<PersonInput>> => {
  const stores = await listStores(db);
  return {
    schema: PersonInput,
    words: personWords,
    choices: { storeIds: stores.map(({ id, name }) => ({ value: id, label: name })) },
    action,
    token,
    label,
  };
};

const list = screen({
  path,
  title: '人员',
  who: owner,
  get: async ({ db, now }) => {
    const people = await listPeople(db);
    return {
      lead: '谁能进后台、能看什么。停用的人马上就进不来，做过的事仍记在名下。',
      acts: (
        <a class="button first" href={`${path}/new`}>
          新增人员
        </a>
      ),
      body: (
        <Sheet>
          <Table
            caption={`${count(people.length)} 个人`}
            rows={people}
            empty="还没有人。"
            columns={[
              { label: '称呼', show: ({ id, name }) => <a href={`${path}/${id}`}>{name}</a> },
              {
                label: '身份',
                show: ({ role, storeIds }) =>
                  `${roleNames[role]}${storeIds ? `（${storeIds.length} 家店）` : ''}`,
              },
              { label: '微信', show: ({ openid }) => (openid === null ? '未绑定' : '已绑定') },
              { label: '加入', show: ({ createdAt }) => moment(createdAt, now) },
              {
                label: '状态',
                show: ({ endedAt }) =>
                  endedAt === null ? <Mark tone="good">在用</Mark> : <Mark>已停用</Mark>,
              },
            ]}
          />
        </Sheet>
      ),
    };
  },
});

const create = screen({
  path: `${path}/new`,
  title: '新增人员',
  who: owner,
  get: async (visit) => openForm(await specOf(visit, `${path}/new`, '新增'), { role: 'manager' }),
  post: async (visit, form) => {
    const spec = await specOf(visit, `${path}/new`, '新增');
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const working = (await listPeople(visit.db)).filter(({ endedAt }) => endedAt === null);
    const draft = enterPerson(checked.input, working.length, visit.now);
    if ('code' in draft) return refusedForm(spec, form, draft);
    const { row } = draft;
    await record(visit, { act: 'people.enter', subject: row.id, before: null, after: row }, draft);
    return handLink(visit, row);
  },
});

const one = screen({
  path: `${path}/:id`,
  title: '人员',
  who: owner,
  get: async (visit) => {
    const person = await readPerson(visit.db, visit.id as PersonId);
    if (!person) return NotFound('这个人', back);
    const spec = await specOf(visit, `${path}/${person.id}`, '保存');
    return { ...withActs(visit, person), ...openForm(spec, person), title: person.name };
  },
  post: async (visit, form) => {
    const spec = await specOf(visit, `${path}/${visit.id}`, '保存');
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const draft = await changePerson(visit.db, visit.id as PersonId, checked.input);
    if ('code' in draft) return NotFound('这个人', back);
    return unlessLast(
      () =>
        record(
          visit,
          { act: 'people.change', subject: draft.row.id, before: draft.before, after: draft.row },
          draft,
        ),
      () => visit.context.redirect(saying(path, 'saved'), 303),
      (problem) => refusedForm(spec, form, problem),
    );
  },
});

function withActs({ token }: Visit, { id, endedAt }: Person): Partial<ConsoleView> {
  if (endedAt !== null) return {};
  return {
    acts: (
      <>
        <Act action={`${path}/${id}/link`} token={token} label="发登录链接" />
        <a class="button stop" href={`${path}/${id}/dismiss`}>
          停用
        </a>
      </>
    ),
  };
}

export const peopleScreens = [list, create, one, ...leavingScreens];
