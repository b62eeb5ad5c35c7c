/** 花积分 at a till: takes points of a member for whatever the till sells for them. */
import * as z from 'zod';
import { MemberId } from '../../../schema/index.ts';
import { invalidField } from '../../commands/invalid.ts';
import { spendPoints } from '../../commands/points/spend-points.ts';
import { readMember } from '../../db/members/members.ts';
import { fillAnswer, type RequestKey } from '../../db/shop/idempotency.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, route, type Call, type Outcome } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';

const pointsMax = 10_000_000;
const Body = namedBody('Spending', z.strictObject({ points: z.int().min(1).max(pointsMax) }));
const Answer = namedAnswer(
  'PointsLeft',
  z.strictObject({
    points: z.int().meta({ description: 'What can be spent afterwards.' }),
    pointsPending: z.int(),
  }),
);
type Answer = z.infer<typeof Answer>;
type SpendingCall = Call<{ id: MemberId }, unknown, z.infer<typeof Body>>;

export const spending = route({
  method: 'POST',
  path: '/members/{id}/spendings',
  tag: 'Members',
  summary: 'Spend a member’s points',
  description:
    'Needs an Idempotency-Key. Points that end first are spent first; those that wait for the return window to close (`pointsPending`) cannot be spent. `numbers` of a refusal has what there is (`have`) and what was asked for (`need`).',
  scope: 'pos',
  statuses: [201],
  refusals: {
    404: ['unknown_member'],
    409: ['insufficient', 'idempotency_key_reused'],
    503: ['not_decided'],
  },
  params: z.strictObject({ id: MemberId }),
  body: Body,
  answer: Answer,
  handle: async (call) => {
    const { deps, params, requestKey } = call;
    if (requestKey === null)
      return invalidField(
        'Idempotency-Key',
        'is needed where points move: any new text, the same one when asking again',
      );
    const holdings = await readMember(deps.db, params.id);
    if (!holdings) return unknownMember;
    return (await takeKey(call)) ?? spend(call, requestKey, holdings.member.id);
  },
});

async function spend(
  call: SpendingCall,
  requestKey: RequestKey,
  memberId: MemberId,
): Promise<Outcome<Answer>> {
  const { deps, now, body } = call;
  const asked = { id: await commandId(call), memberId, points: body.points };
  const done = await spendPoints(deps.engine, asked, now);
  if ('undecided' in done) return notDecided;
  if ('refusal' in done) return toProblem(done.refusal);
  const success = created({ points: done.left.spendable, pointsPending: done.left.pending });
  await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

function toProblem(refusal: Refusal): Problem {
  if (refusal.code !== 'POINTS_SHORT') return unknownMember;
  const { have, need } = refusal;
  return {
    status: 409,
    code: 'insufficient',
    detail: `the member can spend ${have} points now, not ${need}`,
    numbers: { have, need },
  };
}

const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'the spending could not be settled; send it again with the same Idempotency-Key',
  retryAfterSeconds: 1,
};
