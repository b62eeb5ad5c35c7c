/** 导购离职: who takes over, what becomes of her codes, how many members move, and how far they have come. */
import type { FC } from 'hono/jsx';
import type * as z from 'zod';
import { AssociateId, type Associate, type Handover } from '../../../../schema/index.ts';
import { comeBack, isOutdated, leave, LeaveInput, outdated } from '../../../commands/shop/leaving.ts';
import { associateById, listAssociates, presentAssociates } from '../../../db/shop/associates.ts';
import { countMembersOf, latestHandover } from '../../../db/people/handovers.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { sorry } from '../form/sorry.tsx';
import { count, moment } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Act, Facts, Sheet } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import { refreshesItself } from '../refreshing.ts';
import type { Visit } from '../kit/visit.ts';
import { leavingWords } from '../words/forms/shop.ts';
import { associatePath, associatesPath, backToAssociates } from './associates.tsx';

/** Nobody chosen is nobody. */
const LeaveForm = LeaveInput.extend({ successorId: LeaveInput.shape.successorId.default(null) });
type Leaving = z.infer<typeof LeaveForm>;

async function formOf({ db, token }: Visit, { id }: Associate): Promise<FormSpec<Leaving>> {
  const colleagues = (await presentAssociates(db)).filter((one) => one.id !== id);
  return {
    schema: LeaveForm,
    words: leavingWords,
    choices: { successorId: colleagues.map((one) => ({ value: one.id, label: one.name })) },
    action: `${associatePath(id)}/leave`,
    token,
    label: '确认离职',
  };
}

const leadOf = (name: string, members: number): string =>
  `${name}名下有 ${count(members)} 位会员，一起交接。她卖过的单和提成仍然算她的；她的微信和登录马上失效。`;

const leaving = screen({
  path: `${associatesPath}/:id/leave`,
  title: '导购离职',
  who: office,
  get: async (visit) => {
    const found = (await associateById(visit.db, visit.id))?.associate;
    if (!found) return NotFound('这位导购', backToAssociates);
    if (found.endedAt !== null) return progress(visit, found);
    const lead = leadOf(found.name, await countMembersOf(visit.db, found.id));
    const view = openForm(await formOf(visit, found), { codes: 'successor' });
    return { ...view, title: `${found.name}离职`, lead };
  },
  post: async (visit, form) => {
    const found = (await associateById(visit.db, visit.id))?.associate;
    if (!found) return NotFound('这位导购', backToAssociates);
    const done = visit.context.redirect(`${associatePath(found.id)}/leave`, 303);
    // The same form sent twice.
    if (found.endedAt !== null) return done;
    const spec = await formOf(visit, found);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { person, now } = visit;
    const draft = await leave(visit.db, found.id, checked.input, { by: person.name, now });
    if ('code' in draft) return refusedForm(spec, form, draft);
    const change = { before: { endedAt: null }, after: { ...checked.input, members: draft.row.members } };
    try {
      await record(visit, { act: 'associate.leave', subject: found.id, ...change }, draft);
    } catch (error) {
      if (!isOutdated(error)) throw error;
      return refusedForm(spec, form, outdated);
    }
    return done;
  },
});

async function progress({ db, token, now }: Visit, gone: Associate): Promise<ConsoleView> {
  const [handover, everybody] = await Promise.all([latestHandover(db, gone.id), listAssociates(db)]);
  const goingOnSince = handover?.endedAt === null ? handover.startedAt : undefined;
  const successor = everybody.find(({ id }) => id === gone.successorId)?.name ?? '门店';
  return {
    title: `${gone.name}已离职`,
    lead: `从离职那一刻起，会员说的话和提醒就归接手的人；名单再一批一批地改。${goingOnSince === undefined ? '' : refreshesItself}`,
    goingOnSince,
    acts: <Act action={`${associatePath(gone.id)}/return`} token={token} label="她回来上班了" />,
    body: (
      <Sheet>
        <Facts
          facts={[
            ['接手', successor],
            ['海报和专属码', gone.codesGoOn ? `扫了归${successor}` : '不再绑定导购'],
            ...(gone.endedAt === null ? [] : ([['离职时间', moment(gone.endedAt, now)]] as const)),
          ]}
        />
        {handover && <HowFar handover={handover} />}
      </Sheet>
    ),
  };
}

const HowFar: FC<{ handover: Handover }> = ({ handover: { moved, members, endedAt, tells } }) => (
  <>
    <p>
      {endedAt === null
        ? `会员正在交接：${count(moved)} / ${count(members)} 位。`
        : `会员已交接完：${count(moved)} 位。`}
      {tells ? '每位会员会收到一条通知。' : '没有通知会员。'}
    </p>
    {endedAt === null && (
      <progress value={String(moved)} max={String(Math.max(1, members))} aria-label="交接进度" />
    )}
  </>
);

const returning = screen({
  path: `${associatesPath}/:id/return`,
  title: '导购回来',
  who: office,
  post: async (visit) => {
    const draft = await comeBack(visit.db, AssociateId.parse(visit.id), visit.now);
    if ('code' in draft) return sorry(draft);
    const { id } = draft.row;
    await record(visit, { act: 'associate.return', subject: id, before: null, after: null }, draft);
    return visit.context.redirect(saying(associatePath(id), 'back'), 303);
  },
});

export const leavingScreens = [leaving, returning];
