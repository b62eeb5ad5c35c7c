/** 换段提醒: on the day on which a child comes to its next milk or nappies, or some days before. */
import * as z from 'zod';
import { usedGoods, type Child, type UsedGoods, type UseStages } from '../../../schema/index.ts';
import { courseOf, type StageUp } from '../profile/uses.ts';
import type { Matter } from '../members/reminder-plan.ts';
import { addDays } from '../plain/dates.ts';
import { defineReminder, planFields, type Standing } from './define.ts';

const daysBeforeMax = 60;
/** So long it is of use to have been told. */
const graceDays = 14;

const params = z.strictObject({
  ...planFields,
  kind: z.literal('stage-up'),
  goods: z
    .array(z.enum(usedGoods))
    .min(1)
    .default([...usedGoods]),
  remindBeforeDays: z.int().min(0).max(daysBeforeMax).default(0),
});

type Up = StageUp & { readonly goods: UsedGoods };
type Coming = { readonly goods: UsedGoods; readonly ups: readonly StageUp[] };

const names: Readonly<Record<UsedGoods, string>> = { milk: '奶粉', nappy: '纸尿裤' };

export const stageUp = defineReminder<z.infer<typeof params>, Up, Coming>({
  kind: 'stage-up',
  label: '换段提醒',
  params,
  example: params.parse({ name: '该换段了', kind: 'stage-up' }),
  follows: ['member.put'],
  isNewestOnly: false,
  skusOf: () => [],
  from: (change, standing) => {
    if (change.type !== 'member.put') return [];
    const { member, on, at, useStages } = change;
    const lanes = lanesOf(member.children, useStages);
    const matter = (subject: string, { basis, ups, isNews }: Moved): Matter<Up, Coming> => ({
      subject,
      storeId: member.storeId,
      basis,
      about: { goods: basis.goods, ups },
      since: at,
      isNews,
    });
    const gone = standing.filter(({ subject, state }) => state === 'pending' && !lanes.has(subject));
    return [
      ...gone.map(({ subject, basis }) => matter(subject, { basis, ups: [], isNews: false })),
      ...[...lanes].flatMap(([subject, lane]) => {
        const known = standing.find((one) => one.subject === subject);
        const moved = movedOf(lane, known, on);
        return moved ? [matter(subject, moved)] : [];
      }),
    ];
  },
  // Of the day before: what begins today is then still to come.
  isStill: ({ members, now, config }, { memberId, storeId, subject, basis }) => {
    const children = members.get(memberId)?.children ?? null;
    const lane = lanesOf(children, config.settings.useStages).get(subject);
    const ups = lane ? upsOf(lane, addDays(basis.on, -1)) : [];
    // Where the table or the child has changed since, another day is found with the next change of the member.
    if (!ups[0] || !isUp(ups[0], basis)) return null;
    return { subject, storeId, basis, about: { goods: basis.goods, ups }, since: now, isNews: false };
  },
  covers: ({ goods }, { about }) => goods.includes(about.goods) && about.ups.length > 0,
  schedule: ({ remindBeforeDays }, { about: { goods, ups } }) => {
    const [first, next] = ups.map((up) => ({
      remindOn: addDays(up.on, -remindBeforeDays),
      basis: { goods, ...up },
    }));
    return first ? { ...first, ...(next && { next }) } : null;
  },
  facts: (_, { goods, stage, on }) => ({ goods: names[goods], stage, on }),
  lastOn: ({ on = '' }) => addDays(on, graceDays),
  slots: ({ goods = '', stage = '', on = '' }) => ({ goods, stage, on }),
  words: {
    member: {
      tip: '宝宝可以换段了',
      text: ({ goods, stage, on }) => `宝宝的${goods}从${on}起可以换成${stage}了。`,
    },
    associate: {
      tip: '请联系会员换段',
      text: ({ member, goods, stage, on }) => `会员${member}的宝宝${on}起用${stage}${goods}，请联系会员。`,
    },
  },
});

type Lane = { readonly goods: UsedGoods; readonly child: Child; readonly stages: UseStages };

/** Twins are one: they are told of together. */
const lanesOf = (children: readonly Child[] | null, stages: UseStages): Map<string, Lane> =>
  new Map(
    (children ?? []).flatMap((child) =>
      usedGoods.map((goods) => [`${goods}/${child.born}`, { goods, child, stages }] as const),
    ),
  );

const upsOf = ({ goods, child, stages }: Lane, day: string): readonly StageUp[] =>
  courseOf(child, { goods, table: stages[goods] }, day)?.ups ?? [];

const isUp = (one: StageUp, { stage, on }: StageUp): boolean => one.stage === stage && one.on === on;

type Moved = { readonly basis: Up; readonly ups: readonly StageUp[]; readonly isNews: boolean };

/** Null where what waits, or went out, is what there is to tell. Every purchase puts the member as well. */
function movedOf(lane: Lane, known: Standing<Up> | undefined, on: string): Moved | null {
  const ups = upsOf(lane, addDays(on, -1));
  const isWaiting = known?.state === 'pending';
  if (isWaiting && ups.some((up) => isUp(up, known.basis))) return null;
  const coming = ups.filter((up) => up.on > on);
  const [first] = coming;
  if (!first) return isWaiting ? { basis: known.basis, ups: [], isNews: false } : null;
  if (known?.state === 'sent' && isUp(first, known.basis)) return null;
  return { basis: { goods: lane.goods, ...first }, ups: coming, isNews: known?.state === 'sent' };
}
