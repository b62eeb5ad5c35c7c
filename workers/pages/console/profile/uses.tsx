/** 改在用段位: she says what her child uses now, and until when; without a word the table of the shop counts. */
import * as z from 'zod';
import { usedGoods, type ChildUseTold, type Member, type MemberId } from '../../../../schema/index.ts';
import { invalidField } from '../../../commands/invalid.ts';
import { editMember } from '../../../commands/members/edit.ts';
import { readMember } from '../../../db/members/members.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { Choices } from '../form/words.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import { memberAct, notDecided, problemOf } from '../members/act-form.tsx';
import { goodsNames } from '../../../words/file.ts';
import { usesWords } from '../words/forms/file.ts';

export const UsesInput = z.strictObject({
  child: z.string().min(1),
  stage: z.string().min(1).max(20).nullable().default(null),
  untilOn: z.iso.date().nullable().default(null),
});

async function choicesOf({ db, id }: Visit): Promise<Choices> {
  const [{ useStages }, found] = await Promise.all([readSettings(db), readMember(db, id as MemberId)]);
  const born = [...new Set((found?.member.children ?? []).map((child) => child.born))];
  const names = usedGoods.flatMap((goods) => useStages[goods].map(({ name }) => name));
  return {
    child: born.flatMap((day) =>
      usedGoods
        .filter((goods) => useStages[goods].length > 0)
        .map((goods) => ({ value: `${goods}/${day}`, label: `${day} 的宝宝：${goodsNames[goods]}` })),
    ),
    stage: [...new Set(names)].map((name) => ({ value: name, label: name })),
  };
}

/** `milk/2026-05-20` */
function toldOf(
  { children }: Pick<Member, 'children'>,
  { child, stage, untilOn }: z.infer<typeof UsesInput>,
): ChildUseTold | null {
  const [named, born = ''] = child.split('/');
  const goods = usedGoods.find((one) => one === named);
  if (!goods || !children?.some((one) => one.born === born)) return null;
  return { born, goods, use: stage === null ? null : { stage, untilOn } };
}

export const usesScreen = memberAct({
  part: 'uses',
  title: '改在用段位',
  who: office,
  act: 'member.uses',
  schema: UsesInput,
  words: usesWords,
  lead: () => '会员说宝宝用的和段位表不一样，就记在这里。段位表在“设置 · 会员档案”里填。',
  value: () => ({}),
  choices: choicesOf,
  carry: async ({ db, deps, now }, { member }, { input, key }) => {
    const told = toldOf(member, input);
    if (!told) return { problem: invalidField('child', 'is not one of her children') };
    const { useStages } = await readSettings(db);
    const isKnown = input.stage === null || useStages[told.goods].some(({ name }) => name === input.stage);
    if (!isKnown) return { problem: invalidField('stage', 'is no stage of these goods') };
    const done = await editMember(deps.engine, { key, memberId: member.id, change: { uses: [told] } }, now);
    if ('refusal' in done) return { problem: problemOf(done.refusal) };
    if ('undecided' in done) return { problem: notDecided };
    const before = member.children?.find(({ born }) => born === told.born)?.uses?.[told.goods] ?? null;
    const { child } = input;
    return {
      before: { child, stage: before?.stage ?? null, untilOn: before?.untilOn ?? null },
      after: input,
    };
  },
});
