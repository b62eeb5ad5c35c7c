/** A member as the API shows it: a till sees a masked phone number, the office the whole one. */
import * as z from 'zod';
import { defaultTimezone } from '../../../schema/index.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import type { Token } from '../../db/shop/tokens.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { cashBackOf } from '../../decide/levels/cash-back.ts';
import { progressOf } from '../../decide/levels/progress.ts';
import { journeyOf, journeys, tenureOf } from '../../decide/levels/journey.ts';
import { stages, stagesOf } from '../../decide/members/stages.ts';
import { allOf, endingIn, heldPoints } from '../../decide/money/held.ts';
import type { Problem } from '../../platform/problem.ts';
import { ChildrenAnswer } from './children.ts';
import { namedAnswer } from '../call/define.ts';
import { maskPhone } from '../../views/mask.ts';
import { At, instantOrNull } from '../call/shapes.ts';

export const MemberAnswer = namedAnswer(
  'Member',
  z.strictObject({
    id: z.string(),
    name: z.string().nullable(),
    phone: z.string().nullable().meta({ description: 'Masked, 139****5487, for the scope pos.' }),
    level: z.string().nullable().meta({ description: 'What the member is today.' }),
    levelLastOn: z.string().nullable().meta({
      description: 'The last day on which the level stands by itself; null where it has none.',
    }),
    nextLevel: z
      .strictObject({
        name: z.string(),
        missing: z
          .strictObject({
            amountFen: z.int().nullable(),
            orders: z.int().nullable(),
            singleFen: z.int().nullable(),
            growth: z.int().nullable(),
          })
          .nullable(),
      })
      .nullable()
      .meta({
        description:
          'The level above, and how far it is by each of its bars, any one of which is enough; `missing` is null where the next purchase brings it. Null at the top, and without rules.',
      }),
    journey: z.enum(journeys).meta({
      description:
        '成长路径 as of now: seen only, asked, left a phone, bought once, again, or as often as the shop calls loyal. Returns count.',
    }),
    tenure: z.strictObject({ since: z.iso.date(), months: z.int(), isOld: z.boolean() }).meta({
      description: '新老会员: a member since that day, whole months, and whether the shop calls that old.',
    }),
    levelBenefits: z
      .strictObject({
        payPercent: z.int(),
        pointsPercent: z.int(),
        cashBackMonthFen: z.int().nullable(),
        cashBackUsedFen: z.int().nullable(),
        withdrawDayFen: z.int().nullable(),
      })
      .nullable()
      .meta({
        description:
          'What the level brings: 90 pays nine tenths, 150 earns 1.5 for each point; the most that campaigns give into the wallet in a month, what this month has had of it, and the most taken out in a day, each null where the level says nothing of it. Null without a level that has a rule.',
      }),
    tags: z.array(z.string()),
    points: z.int().meta({ description: 'What can be spent now; without what is over.' }),
    pointsPending: z
      .int()
      .meta({ description: '待到账: waits for the return window to close, and cannot be spent yet.' }),
    pointsEnding: z.array(z.strictObject({ lastOn: z.string(), points: z.int() })).meta({
      description: 'What ends when, the first day first: `lastOn` is the last day on which it can be spent.',
    }),
    pointsEarned: z.int().meta({ description: '累计积分: all that the member ever received.' }),
    pointsUsed: z.int().meta({
      description:
        'Spent, taken back or over: `pointsEarned − pointsUsed` is always `points + pointsPending`.',
    }),
    accounts: z.strictObject({ growth: z.int(), wallet: z.int(), principal: z.int(), bonus: z.int() }),
    stats: z.strictObject({
      orders: z.int(),
      spentFen: z.int(),
      firstAt: At.nullable(),
      lastAt: At.nullable(),
    }),
    associate: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    stages: z.array(z.enum(stages)).meta({ description: '客户阶段, from the children, as of today.' }),
    children: ChildrenAnswer.meta({ description: 'Empty for the scope pos: the stages are enough there.' }),
    birthday: z.string().nullable().meta({ description: 'YYYY-MM-DD; null for the scope pos.' }),
    source: z
      .string()
      .nullable()
      .meta({ description: 'Where they came from: a scene, or the link they registered by.' }),
    joinedAt: At.nullable().meta({
      description: 'When they registered by phone; null while only the till knows them.',
    }),
  }),
);
export type MemberAnswer = z.infer<typeof MemberAnswer>;

export function viewMember(token: Token, holdings: MemberHoldings, now: number): MemberAnswer {
  const { member, balances, points: head, tags, associate } = holdings;
  const { id, name, phone, orders, spentFen, firstAt, lastAt, children, birthdayOn, source, joinedAt } =
    member;
  const isOffice = token.scopes.includes('admin');
  const held = heldPoints(head, now);
  return {
    id,
    name,
    phone: phone === null || isOffice ? phone : maskPhone(phone),
    ...levelView(holdings, now),
    journey: journeyOf({ ...member, hasAsked: holdings.hasAsked }, holdings.levels),
    tenure: tenureView(holdings, now),
    tags: [...tags],
    points: held.spendable,
    pointsPending: held.pending,
    pointsEnding: endingIn(held),
    pointsEarned: head.credited,
    pointsUsed: head.credited - allOf(held),
    accounts: {
      growth: balances.get('growth') ?? 0,
      wallet: balances.get('wallet') ?? 0,
      principal: balances.get('principal') ?? 0,
      bonus: balances.get('bonus') ?? 0,
    },
    stats: { orders, spentFen, firstAt: instantOrNull(firstAt), lastAt: instantOrNull(lastAt) },
    associate: associate && { id: associate.id, name: associate.name },
    stages: stagesOf(children, localDate(now, defaultTimezone)),
    children: isOffice ? [...(children ?? [])] : [],
    birthday: isOffice ? birthdayOn : null,
    source,
    joinedAt: instantOrNull(joinedAt),
  };
}

function levelView(holdings: MemberHoldings, now: number) {
  const growth = holdings.balances.get('growth') ?? 0;
  const { level, lastOn, next, rule } = progressOf({ ...holdings, growth }, now);
  const cashBack = cashBackOf(holdings.levels, level, holdings.cashBack, localDate(now, defaultTimezone));
  return {
    level,
    levelLastOn: lastOn,
    nextLevel: next && { name: next.rule.name, missing: next.missing && { ...next.missing } },
    levelBenefits: rule && {
      payPercent: rule.payPercent,
      pointsPercent: rule.pointsPercent,
      cashBackMonthFen: rule.walletMonthFen,
      cashBackUsedFen: cashBack && (cashBack.usedFen ?? cashBack.capFen),
      withdrawDayFen: rule.withdrawDayFen,
    },
  };
}

function tenureView({ member, levels }: MemberHoldings, now: number) {
  const { sinceOn, months, isOld } = tenureOf(member, levels, now);
  return { since: sinceOn, months, isOld };
}

export const unknownMember: Problem = {
  status: 404,
  code: 'unknown_member',
  detail: 'no member has this id',
};
