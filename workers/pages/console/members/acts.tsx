/** 对会员做的事: points corrected with a reason, a note, and forgetting, each asked again where it cannot be undone. */
import * as z from 'zod';
import { correctPoints } from '../../../commands/members/correct-points.ts';
import { forgetMember } from '../../../commands/members/forget.ts';
import { note } from '../../../commands/members/note.ts';
import { personById } from '../../../db/members/thread-messages.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { newWord } from '../../keys.ts';
import { checkForm, openForm, refusedForm, type FormSpec } from '../form/form.tsx';
import { count, money } from '../kit/format.ts';
import { office, owner } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { correctionWords, noteWords } from '../words/forms/member.ts';
import { membersPath } from './list.tsx';
import { backToMembers, memberFor } from './profile.tsx';

const pointsMax = 10_000_000;
const reasonMax = 200;

/** `key` is drawn with the form: the same form sent twice is one correction. */
export const CorrectionInput = z.strictObject({
  way: z.enum(['add', 'take']),
  points: z.int().min(1).max(pointsMax),
  reason: z.string().trim().min(2).max(reasonMax),
});

const keyField = 'key';

const correctionOf = (visit: Visit, id: string, key: string): FormSpec<z.infer<typeof CorrectionInput>> => ({
  schema: CorrectionInput,
  words: correctionWords,
  choices: {},
  action: `${membersPath}/${id}/points`,
  token: visit.token,
  label: '调整积分',
  beside: <input type="hidden" name={keyField} value={key} />,
});

export const correction = screen({
  path: `${membersPath}/:id/points`,
  title: '调整积分',
  who: office,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    return {
      ...openForm(correctionOf(visit, found.member.id, newWord()), { way: 'add' }),
      lead: nowHas(found),
    };
  },
  post: async (visit, form) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const key = /^[0-9a-z]{26}$/.test(form.get(keyField) ?? '') ? (form.get(keyField) ?? '') : newWord();
    const { id } = found.member;
    const spec = correctionOf(visit, id, key);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { way, points, reason } = checked.input;
    const delta = way === 'add' ? points : -points;
    const before = found.balances.get('points') ?? 0;
    const done = await correctPoints(visit.deps.engine, { key, memberId: id, delta }, visit.now);
    if ('refusal' in done) {
      const { code } = done.refusal;
      const numbers = code === 'POINTS_SHORT' ? { have: done.refusal.have, need: done.refusal.need } : {};
      return refusedForm(spec, form, { status: 409, code, detail: code, numbers });
    }
    if ('undecided' in done)
      return refusedForm(spec, form, { status: 503, code: 'not_decided', detail: 'again' });
    await record(visit, {
      act: 'member.adjust',
      subject: id,
      before: { points: before },
      after: { points: done.balance, delta, reason },
    });
    return visit.context.redirect(saying(`${membersPath}/${id}`, 'saved'), 303);
  },
});

const nowHas = ({ balances }: MemberHoldings): string =>
  `现在有 ${count(balances.get('points') ?? 0)} 积分。不能减到零以下。`;

export const NoteInput = z.strictObject({
  kind: z.enum(['call', 'visit', 'guidance']),
  text: z.string().trim().min(1).max(600),
});

export const noting = screen({
  path: `${membersPath}/:id/note`,
  title: '记一笔',
  who: office,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    return {
      ...openForm(noteOf(visit), { kind: 'call' }),
      lead: '打过的电话、到店时说的话，只有店里看得到。',
    };
  },
  post: async (visit, form) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const checked = checkForm(noteOf(visit), form);
    if ('again' in checked) return checked.again;
    const { id } = found.member;
    const person = await personById(visit.db, id, visit.now);
    if (!person) return NotFound('这位会员', backToMembers);
    await record(
      visit,
      { act: 'member.note', subject: id, before: null, after: null },
      note(person, checked.input, visit.now),
    );
    return visit.context.redirect(saying(`/console/talks/${id}`, 'saved'), 303);
  },
});

const noteOf = (visit: Visit): FormSpec<z.infer<typeof NoteInput>> => ({
  schema: NoteInput,
  words: noteWords,
  choices: {},
  action: `${membersPath}/${visit.id}/note`,
  token: visit.token,
  label: '记下来',
});

export const forgetting = screen({
  path: `${membersPath}/:id/forget`,
  title: '注销会员',
  who: owner,
  get: async (visit) => {
    const found = await memberFor(visit);
    return found ? { body: <Ask found={found} token={visit.token} /> } : NotFound('这位会员', backToMembers);
  },
  post: async (visit, form) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const key = form.get(keyField) ?? '';
    if (!isSure(form) || !/^[0-9a-z]{26}$/.test(key))
      return { body: <Ask found={found} token={visit.token} /> };
    const { id } = found.member;
    const isDone = await forgetMember(visit.deps.engine, { key, memberId: id }, visit.now);
    if (!isDone) return { status: 503, body: <p class="note stop">没有注销成：请稍后再试。</p> };
    await record(visit, { act: 'member.forget', subject: id, before: null, after: null });
    return visit.context.redirect(saying(membersPath, 'forgotten'), 303);
  },
});

const Ask = ({ found: { member, balances }, token }: { found: MemberHoldings; token: string }) => (
  <Confirm
    action={`${membersPath}/${member.id}/forget`}
    token={token}
    fields={{ [keyField]: newWord() }}
    what={
      <>
        <p>注销{member.name ?? '这位会员'}：姓名、手机、生日、宝宝、微信和聊天记录都会删掉，不能恢复。</p>
        <p>
          现在还有 {count(balances.get('points') ?? 0)} 积分、余额 {money(balances.get('wallet') ?? 0)}{' '}
          元，都会作废。销售金额留在账上，不再有名字。
        </p>
      </>
    }
    label="确认注销"
    back={`${membersPath}/${member.id}`}
  />
);

export const memberActScreens = [correction, noting, forgetting];
