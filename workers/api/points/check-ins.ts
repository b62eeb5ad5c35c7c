/** 签到 for a mini program or another page of the shop's own: the points of the day, and the days so far. */
import * as z from 'zod';
import { Day, MemberId } from '../../../schema/index.ts';
import { checkIn, monthOf } from '../../commands/points/check-in.ts';
import { readCheckIns, type CheckInDays } from '../../db/points/check-ins.ts';
import { readMember } from '../../db/members/members.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { checkInPoints, hasCheckedIn, streakWith } from '../../decide/money/check-in.ts';
import { shopDay } from '../../decide/money/lots.ts';
import type { CheckInSettings } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId } from '../call/commit.ts';
import { created, namedAnswer, ok, route } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { unknownMember } from '../members/member-view.ts';

const Answer = namedAnswer(
  'CheckIns',
  z.strictObject({
    on: Day.meta({ description: 'Today, in the shop’s zone.' }),
    isDone: z.boolean(),
    streak: z.int().meta({ description: 'Days in a row that end today, or ended yesterday.' }),
    points: z.int().meta({ description: 'What today gives, or gave.' }),
    days: z.array(Day).meta({ description: 'The days of the month on which the member checked in.' }),
  }),
);

function view({ last, days }: CheckInDays, settings: CheckInSettings, now: number): z.infer<typeof Answer> {
  const on = shopDay(now);
  const isDone = hasCheckedIn(last, on);
  const withToday = isDone ? last.streakDays : streakWith(last, on);
  return {
    on,
    isDone,
    streak: isDone ? withToday : withToday - 1,
    points: checkInPoints(settings, withToday),
    days: [...days],
  };
}

const common = {
  tag: 'Members',
  scope: 'pos',
  params: z.strictObject({ id: MemberId }),
  answer: Answer,
} as const;

const get = route({
  ...common,
  method: 'GET',
  path: '/members/{id}/check-ins',
  summary: 'How a member’s check-ins stand (签到)',
  description:
    'The days of one month on which the member came, how many in a row they are by now, and what today gives. Looking writes nothing.',
  statuses: [200],
  refusals: { 404: ['unknown_member', 'check_in_off'] },
  query: z.strictObject({
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is a month such as 2026-11')
      .optional(),
  }),
  handle: async ({ deps: { db }, params, query, now }) => {
    const [holdings, settings] = await Promise.all([readMember(db, params.id), readSettings(db)]);
    if (!settings.checkIn.on) return isOff;
    if (!holdings) return unknownMember;
    const days = await readCheckIns(db, holdings.member.id, query.month ?? monthOf(now));
    return ok(view(days, settings.checkIn, now));
  },
});

const post = route({
  ...common,
  method: 'POST',
  path: '/members/{id}/check-ins',
  summary: 'Check a member in for today (签到)',
  description:
    'Once for each day of the shop’s zone, however often it is asked: the second time says `already` and gives nothing. A missed day begins anew with the points of the first day.',
  statuses: [201],
  refusals: {
    404: ['unknown_member', 'check_in_off'],
    409: ['already'],
    503: ['not_decided'],
  },
  takesKey: false,
  handle: async (call) => {
    const { deps, params, now } = call;
    const [holdings, settings] = await Promise.all([readMember(deps.db, params.id), readSettings(deps.db)]);
    if (!holdings) return unknownMember;
    const asked = { id: await commandId(call), memberId: holdings.member.id };
    const done = await checkIn(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('isNobody' in done) return unknownMember;
    if ('isOff' in done) return isOff;
    return 'already' in done ? already : created(view(done.days, settings.checkIn, now));
  },
});

const isOff: Problem = {
  status: 404,
  code: 'check_in_off',
  detail: 'the shop has no check-in; switch it on under checkIn in the settings',
};

const already: Problem = {
  status: 409,
  code: 'already',
  detail: 'the member has checked in today; the next points are for tomorrow',
};

export const checkInRoutes = [get, post];
