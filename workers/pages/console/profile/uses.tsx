/** 改在用段位: she says what her child uses now, and until when; without a word the table of the shop counts. */
import * as z from 'zod';
import { Day, usedGoods, type MemberId } from '../../../../schema/index.ts';
import { invalidField } from '../../../commands/invalid.ts';
import { changeUse, useOf } from '../../../commands/profile/uses.ts';
import { readMember } from '../../../db/members/members.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import type { Choices } from '../form/words.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import { memberAct, notDecided } from '../members/act-form.tsx';
import { goodsNames } from '../../../words/file.ts';
import { usesWords } from '../words/forms/file.ts';

export const UsesInput = z.strictObject({
  child: z.string().min(1),
  stage: z.string().min(1).max(20).nullable().default(null),
  untilOn: Day.nullable().default(null),
});

async function choicesOf({ db, id }: Visit): Promise<Choices> {
  const [{ useStages }, found] = await Promise.all([readSettings(db), readMember(db, id as MemberId)]);
  const born = [...new Set((found?.member.children ?? []).map((child) => child.born))];
  const names = usedGoods.flatMap((goods) => useStages[goods].map(({ name }) => name));
  return {
    child: born.flatMap((day) =>
      usedGoods
        .filter((goods) => useStages[goods].length > 0)
        .map((goods) => ({
          value: useOf({ goods, born: day }),
          label: `${day} 的宝宝：${goodsNames[goods]}`,
        })),
    ),
    stage: [...new Set(names)].map((name) => ({ value: name, label: name })),
  };
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
  carry: async ({ deps, now }, found, { input, key }) => {
    const done = await changeUse(deps.engine, { key, found, asked: input }, now);
    return 'miss' in done ? { problem: problems[done.miss] } : done;
  },
});

const problems = {
  child: invalidField('child', 'is not one of her children'),
  stage: invalidField('stage', 'is no stage of these goods'),
  day: invalidField('untilOn', 'is no day'),
  undecided: notDecided,
} as const;
