/** 对会员做的事: points corrected with a reason, a note, and forgetting, asked again because it cannot be undone. */
import * as z from 'zod';
import { correctPoints } from '../../../commands/members/correct-points.ts';
import { forgetMember } from '../../../commands/members/forget.ts';
import { note } from '../../../commands/members/note.ts';
import { personById } from '../../../db/conversations/thread-messages.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { allOf, heldPoints } from '../../../decide/money/held.ts';
import { newWord } from '../../keys.ts';
import { count, maskedPhone, money } from '../kit/format.ts';
import { office, owner } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { correctionWords, noteWords } from '../words/forms/member.ts';
import { keyField, memberAct, notDecided, problemOf } from './act-form.tsx';
import { membersPath } from './list.tsx';
import { backToMembers, memberFor } from './profile.tsx';

const pointsMax = 10_000_000;
const reasonMax = 200;

export const CorrectionInput = z.strictObject({
  way: z.enum(['add', 'take']),
  points: z.int().min(1).max(pointsMax),
  reason: z.string().trim().min(2).max(reasonMax),
});

const correction = memberAct({
  part: 'points',
  title: '调整积分',
  who: office,
  act: 'member.adjust',
  schema: CorrectionInput,
  words: correctionWords,
  lead: (found, now) =>
    `现在有 ${pointsWords(found, now)}。不能减到零以下；减的时候先减快到期的，待到账的最后减。`,
  value: () => ({ way: 'add' }),
  carry: async ({ deps, now }, { member: { id }, points: head }, { input: { way, points, reason }, key }) => {
    const delta = way === 'add' ? points : -points;
    const done = await correctPoints(deps.engine, { key, memberId: id, delta }, now);
    if ('refusal' in done) return { problem: problemOf(done.refusal) };
    if ('undecided' in done) return { problem: notDecided };
    const before = { points: allOf(heldPoints(head, now)) };
    return { before, after: { points: done.balance, delta, reason } };
  },
});

export const NoteInput = z.strictObject({
  kind: z.enum(['call', 'visit', 'guidance']),
  text: z.string().trim().min(1).max(600),
});

const noting = memberAct({
  part: 'note',
  title: '记一笔',
  who: office,
  act: 'member.note',
  schema: NoteInput,
  words: noteWords,
  lead: () => '打过的电话、到店时说的话，只有店里看得到。',
  value: () => ({ kind: 'call' }),
  next: (id) => `/console/talks/${id}`,
  carry: async ({ db, now }, { member: { id } }, { input }) => {
    const person = await personById(db, id, now);
    if (!person) return { problem: problemOf({ code: 'NO_MEMBER' }) };
    return { before: null, after: null, draft: note(person, input, now) };
  },
});

const forgetting = screen({
  path: `${membersPath}/:id/forget`,
  title: '注销会员',
  who: owner,
  get: async (visit) => {
    const found = await memberFor(visit);
    return found
      ? { body: <Ask found={found} now={visit.now} token={visit.token} /> }
      : NotFound('这位会员', backToMembers);
  },
  post: async (visit, form) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const key = form.get(keyField) ?? '';
    if (!isSure(form) || !/^[0-9a-z]{26}$/.test(key))
      return { body: <Ask found={found} now={visit.now} token={visit.token} /> };
    const { id } = found.member;
    const isDone = await forgetMember(visit.deps.engine, { key, memberId: id }, visit.now);
    if (!isDone) return { status: 503, body: <p class="note stop">没有注销成：请稍后再试。</p> };
    await record(visit, { act: 'member.forget', subject: id, before: null, after: null });
    return visit.context.redirect(saying(membersPath, 'forgotten'), 303);
  },
});

/** 120 积分，另有 80 待到账 */
export function pointsWords({ points }: Pick<MemberHoldings, 'points'>, now: number): string {
  const { spendable, pending } = heldPoints(points, now);
  return `${count(spendable)} 积分${pending > 0 ? `，另有 ${count(pending)} 待到账` : ''}`;
}

type AskProps = { readonly found: MemberHoldings; readonly now: number; readonly token: string };

const Ask = ({ found, now, token }: AskProps) => (
  <Confirm
    action={`${membersPath}/${found.member.id}/forget`}
    token={token}
    fields={{ [keyField]: newWord() }}
    what={
      <>
        <p>
          注销{found.member.name ?? '这位会员'}（
          {found.member.phone === null ? '没有手机号' : maskedPhone(found.member.phone)}
          ）：姓名、手机、生日、宝宝、档案、微信和聊天记录都会删掉，不能恢复。
        </p>
        <p>
          现在还有 {pointsWords(found, now)}、余额 {money(found.balances.get('wallet') ?? 0)} 元、储值{' '}
          {money((found.balances.get('principal') ?? 0) + (found.balances.get('bonus') ?? 0))} 元、预付{' '}
          {money(found.balances.get('prepaid') ?? 0)}{' '}
          元，连同手里的券和套餐都会作废；该退的钱请先退。销售金额留在账上，不再有名字。
        </p>
      </>
    }
    label="确认注销"
    back={`${membersPath}/${found.member.id}`}
  />
);

export const memberActScreens = [correction, noting, forgetting];
