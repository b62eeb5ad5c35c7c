/** A member as the API shows it: a till sees a masked phone number, the office the whole one. */
import * as z from 'zod';
import { defaultTimezone } from '../../../schema/index.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import type { Token } from '../../db/shop/tokens.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { journeyOf, journeys, progressOf } from '../../decide/levels/progress.ts';
import { stages, stagesOf } from '../../decide/members/stages.ts';
import { endingIn, heldPoints } from '../../decide/money/held.ts';
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
      description: '成长路径: bought nothing yet, once, again, or five times and more.',
    }),
    tags: z.array(z.string()),
    points: z.int().meta({ description: 'What can be spent now; without what is over.' }),
    pointsPending: z
      .int()
      .meta({ description: '待到账: waits for the return window to close, and cannot be spent yet.' }),
    pointsEnding: z.array(z.strictObject({ lastOn: z.string(), points: z.int() })).meta({
      description: 'What ends when, the first day first: `lastOn` is the last day on which it can be spent.',
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
    journey: journeyOf(member),
    tags: [...tags],
    points: held.spendable,
    pointsPending: held.pending,
    pointsEnding: endingIn(held),
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
  const { level, lastOn, next } = progressOf({ ...holdings, growth }, now);
  return {
    level,
    levelLastOn: lastOn,
    nextLevel: next && { name: next.rule.name, missing: next.missing && { ...next.missing } },
  };
}

export const unknownMember: Problem = {
  status: 404,
  code: 'unknown_member',
  detail: 'no member has this id',
};
