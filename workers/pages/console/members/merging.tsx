/** 合并会员: two records of one person are made one after looking at both; the wrong pair is taken apart within a day. */
import * as z from 'zod';
import type { Child } from 'hono/jsx';
import type { MemberId, Merger } from '../../../../schema/index.ts';
import { split, unite } from '../../../commands/members/merge.ts';
import { findByNumbers } from '../../../db/members/look-up.ts';
import { mergersInto } from '../../../db/members/mergers.ts';
import { readMember, type MemberHoldings } from '../../../db/members/members.ts';
import { splitWithinMs } from '../../../decide/on/members/merging.ts';
import { newWord } from '../../keys.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { count, maskedPhone, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, storesOf, type Visit } from '../kit/visit.ts';
import { mergeWords } from '../words/forms/member.ts';
import { keyField, keyIn, notDecided, problemOf } from './act-form.tsx';
import { membersPath, numbersIn } from './list.tsx';
import { pointsWords } from './acts.tsx';
import { backToMembers, memberFor } from './profile.tsx';

export const MergeInput = z.strictObject({ who: z.string().trim().min(1).max(60) });

const specOf = ({ id, token }: Visit): FormSpec<z.infer<typeof MergeInput>> => ({
  schema: MergeInput,
  words: mergeWords,
  choices: {},
  action: `${membersPath}/${id}/merge`,
  token,
  label: '找到这位，看一看',
});

/** Of a store that is not theirs to see there is nobody. */
async function otherFor(visit: Visit, id: string): Promise<MemberHoldings | null> {
  const found = await readMember(visit.db, id as MemberId);
  const isThere = found !== null && found.member.id === id && found.member.deletedAt === null;
  return isThere && maySeeStore(visit.person, found.member.storeId) ? found : null;
}

const merging = screen({
  path: `${membersPath}/:id/merge`,
  title: '合并会员',
  who: office,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    return { ...openForm(specOf(visit), {}), lead: `留下的是${called(found)}。` };
  },
  post: async (visit, form) => {
    const into = await memberFor(visit);
    if (!into) return NotFound('这位会员', backToMembers);
    if (!isSure(form)) return look(visit, into, form);
    const from = await otherFor(visit, form.get('from') ?? '');
    if (!from) return NotFound('另一位会员', backToMembers);
    const pair = { key: keyIn(form), fromId: from.member.id, intoId: into.member.id };
    const done = await unite(visit.deps.engine, pair, visit.now);
    if (!('member' in done)) return sorry('refusal' in done ? problemOf(done.refusal) : notDecided);
    await record(visit, {
      act: 'member.merge',
      subject: into.member.id,
      before: { from: heldBy(from), into: heldBy(into) },
      after: { merged: from.member.id, into: heldBy(await memberFor(visit)) },
    });
    return visit.context.redirect(saying(`${membersPath}/${into.member.id}`, 'merged'), 303);
  },
});

async function look(visit: Visit, into: MemberHoldings, form: URLSearchParams) {
  const spec = specOf(visit);
  const checked = checkForm(spec, form);
  if ('again' in checked) return checked.again;
  const numbers = await numbersIn(visit, checked.input.who);
  const [one, ...more] = await findByNumbers(visit.db, numbers, storesOf(visit.person));
  const refused = (code: string) =>
    refusedForm(spec, form, { status: 409, code, detail: code, field: 'who' });
  if (!one) return refused('NO_SUCH_MEMBER');
  if (more.length > 0) return refused('SEVERAL_MEMBERS');
  if (one.member.id === into.member.id) return refused('SAME_MEMBER');
  const from = await otherFor(visit, one.member.id);
  if (!from) return refused('NO_SUCH_MEMBER');
  return {
    body: (
      <Confirm
        action={spec.action}
        token={visit.token}
        fields={{ from: from.member.id, [keyField]: newWord() }}
        what={
          <>
            <p>
              把{called(from)}并到{called(into)}名下：
            </p>
            <p>
              {called(from)}：{describe(from, visit.now)}
            </p>
            <p>
              {called(into)}：{describe(into, visit.now)}
            </p>
            <p>并完只剩{called(into)}，上面两份加在一起，券、套餐和号码也都归过来。</p>
            <p>并错了，一天之内可以在会员页上拆开。</p>
          </>
        }
        label="确认合并"
        back={`${membersPath}/${into.member.id}`}
      />
    ),
  };
}

const called = ({ member: { name, phone, id } }: MemberHoldings): string =>
  `${name ?? '没有填称呼的会员'}（${phone === null ? id : maskedPhone(phone)}）`;

const describe = (found: MemberHoldings, now: number): string => {
  const {
    member: { orders, spentFen },
    balances,
  } = found;
  return `${pointsWords(found, now)}、余额 ${money(balances.get('wallet') ?? 0)} 元、消费 ${count(orders)} 笔共 ${money(spentFen)} 元`;
};

const heldBy = (found: MemberHoldings | null) =>
  found && {
    id: found.member.id,
    orders: found.member.orders,
    points: found.points.balance,
    ...Object.fromEntries(found.balances),
  };

const splitting = screen({
  path: `${membersPath}/:id/split`,
  title: '拆开合并',
  who: office,
  get: async (visit) => {
    const merger = await mergerFor(visit, visit.query.get('from') ?? '');
    return merger ? { body: askApart(visit, merger) } : NotFound('可以拆开的合并', backToMembers);
  },
  post: async (visit, form) => {
    const merger = await mergerFor(visit, form.get('from') ?? '');
    if (!merger) return NotFound('可以拆开的合并', backToMembers);
    if (!isSure(form)) return { body: askApart(visit, merger) };
    const before = heldBy(await memberFor(visit));
    const { fromId, intoId } = merger;
    const done = await split(visit.deps.engine, { key: keyIn(form), fromId, intoId }, visit.now);
    if (!('member' in done)) return sorry('refusal' in done ? problemOf(done.refusal) : notDecided);
    const [from, into] = [await readMember(visit.db, fromId), await memberFor(visit)];
    await record(visit, {
      act: 'member.split',
      subject: intoId,
      before,
      after: { from: heldBy(from), into: heldBy(into) },
    });
    return visit.context.redirect(saying(`${membersPath}/${fromId}`, 'split'), 303);
  },
});

async function mergerFor(visit: Visit, from: string): Promise<Merger | null> {
  const found = await memberFor(visit);
  if (!found || found.member.id !== visit.id) return null;
  const all = await mergersInto(visit.db, found.member.id, visit.now - splitWithinMs);
  return all.find(({ fromId }) => fromId === from) ?? null;
}

const askApart = (visit: Visit, { fromId, parted: { from, into, balances } }: Merger): Child => (
  <Confirm
    action={`${membersPath}/${visit.id}/split`}
    token={visit.token}
    fields={{ from: fromId, [keyField]: newWord() }}
    what={
      <p>
        把{from.name ?? '没有填称呼的会员'}从{into.name ?? '这位会员'}名下拆出来：合并时的{' '}
        {count(balances.find(([account]) => account === 'points')?.[1] ?? 0)} 积分、消费 {count(from.orders)}{' '}
        笔、券和号码都还给原来那位；合并以后新发生的留在这一位名下。
      </p>
    }
    label="确认拆开"
    back={`${membersPath}/${visit.id}`}
  />
);

export const mergingScreens = [merging, splitting];
