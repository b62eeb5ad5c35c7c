/** 改会员资料: children as the member says, no more advertising. Her file is in ../profile. */
import * as z from 'zod';
import { Day, type MemberId } from '../../../../schema/index.ts';
import { editMember, type Editing } from '../../../commands/members/edit.ts';
import { withdrawSms } from '../../../db/sms/sms-consents.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import { childrenWords, consentWords } from '../words/forms/member.ts';
import { memberAct, notDecided, problemOf, type Carried } from './act-form.tsx';

const childrenMax = 10;

async function edit(
  { deps, now }: Visit,
  memberId: MemberId,
  given: { readonly key: string; readonly change: Editing; readonly before: unknown },
): Promise<Carried> {
  const { key, change, before } = given;
  const done = await editMember(deps.engine, { key, memberId, change }, now);
  if ('refusal' in done) return { problem: problemOf(done.refusal) };
  if ('undecided' in done) return { problem: notDecided };
  return { before, after: change };
}

export const ChildrenInput = z.strictObject({
  children: z.array(z.strictObject({ bornOn: Day, isExpected: z.boolean().default(false) })).max(childrenMax),
});

const children = memberAct({
  part: 'children',
  title: '改宝宝',
  who: office,
  act: 'member.children',
  schema: ChildrenInput,
  words: childrenWords,
  lead: () => '宝宝的月龄决定收到哪些活动和提醒。',
  value: ({ member }) => ({
    children: (member.children ?? []).map(({ born, isExpected }) => ({ bornOn: born, isExpected })),
  }),
  carry: (visit, { member }, { input, key }) => {
    const nameOf = (day: string) => member.children?.find(({ born }) => born === day)?.name;
    const told = input.children.map(({ bornOn, isExpected }) => {
      const name = nameOf(bornOn);
      return { born: bornOn, isExpected, ...(name !== undefined && { name }) };
    });
    return edit(visit, member.id, {
      key,
      change: { children: told },
      before: { children: member.children ?? [] },
    });
  },
});

export const ConsentInput = z.strictObject({ reason: z.string().trim().min(2).max(200) });

const consent = memberAct({
  part: 'consent',
  title: '不再发营销短信',
  who: office,
  act: 'member.consent',
  schema: ConsentInput,
  words: consentWords,
  lead: () => '会员说不想收了，在这里替会员停掉。要重新开，只能由会员自己在会员中心同意。',
  value: () => ({}),
  carry: async ({ now }, { member: { id } }, { input }) => ({
    before: { sms: true },
    after: { sms: false, reason: input.reason },
    draft: { statements: [withdrawSms(id, now)] },
  }),
});

export const correctionScreens = [children, consent];
