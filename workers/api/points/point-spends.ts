/** 积分抵钱: a till pays a part of a bill with a member's points, and undoes it where the bill is paid otherwise. */
import * as z from 'zod';
import { Fen, MemberId, spendPointsMax, type CouponRef } from '../../../schema/index.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import { payWithPoints, undoPointSpend, type PointSpendAnswer } from '../../commands/points/point-spends.ts';
import { readMember } from '../../db/members/members.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { sourceOf } from '../call/bound.ts';
import { takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route, type Call, type Outcome } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { receiptFields, storeIdOf } from '../coupons/receipt.ts';
import { unknownMember } from '../members/member-view.ts';
import { pointSpendProblem, pointSpendRefusals } from './point-spend-problem.ts';

const { store, orderNo, cartId, terminal, businessDate, source } = receiptFields;
const receipt = { store, orderNo, cartId, terminal, businessDate, source };
type Named = z.infer<z.ZodObject<typeof receipt>>;

const Answer = namedAnswer(
  'PointSpend',
  z.strictObject({
    points: z.int().meta({ description: 'What was spent for this receipt.' }),
    offFen: z.int().meta({ description: 'And what that takes off it.' }),
    leftPoints: z.int().meta({ description: 'What the member can spend now.' }),
  }),
);
type Answer = z.infer<typeof Answer>;

async function settle<Body extends Named>(
  call: Call<{ id: MemberId }, unknown, Body>,
  succeed: typeof ok | typeof created,
  act: (memberId: MemberId, ref: CouponRef) => Promise<PointSpendAnswer>,
): Promise<Outcome<Answer>> {
  const { deps, params: path, body, token, requestKey, now } = call;
  const named = { ...body, store: storeIdOf(body.store) };
  const ref = await receiptRef(deps.db, sourceOf(token, body.source), named, now);
  if (typeof ref !== 'string') return ref;
  const found = await readMember(deps.db, path.id);
  if (!found || found.member.deletedAt !== null) return unknownMember;
  const taken = await takeKey(call);
  if (taken) return taken;
  const answer = await act(found.member.id, ref);
  if ('undecided' in answer) return notDecided;
  if ('isNobody' in answer) return unknownMember;
  if ('miss' in answer) return pointSpendProblem(answer.miss);
  const { spend, points: head } = answer.done;
  const { points, offFen } = spend;
  const success = succeed({ points, offFen, leftPoints: heldPoints(head, now).spendable });
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

const common = {
  method: 'POST',
  tag: 'Points',
  scope: 'pos',
  params: z.strictObject({ id: MemberId }),
  answer: Answer,
} as const;

/** Who reads it at the counter knows the till by the name of its source; what a token is called says nothing there. */
async function tillName({ deps, token, body }: Call<unknown, unknown, Named>): Promise<string> {
  const source = sourceOf(token, body.source);
  return (source === undefined ? null : await readSource(deps.db, source))?.name ?? token.name;
}

const paying = route({
  ...common,
  path: '/members/{id}/point-spends',
  refusals: pointSpendRefusals(
    'POINTS_OFF',
    'INSUFFICIENT',
    'ABOVE_CEILING',
    'ALREADY_SPENT',
    'BELOW_LEAST',
    'NOT_IN_STEPS',
  ),
  summary: 'Pay a part of a bill with points (积分抵钱)',
  description:
    'Where the shop has it on (`pointsAsMoney`). The same receipt again answers the same; another amount for it is `already_spent`. `numbers` of `insufficient` has what there is (`have`) and what was asked for (`need`), of `above_ceiling` the most that may be used (`usablePoints`, `usableFen`). The sale itself is told as ever, with its payment `points`.',
  statuses: [201],
  body: namedBody(
    'PointSpending',
    z.strictObject({
      ...receipt,
      points: z.int().min(1).max(spendPointsMax),
      payableFen: Fen.meta({ description: 'What is to be paid after coupons.' }),
    }),
  ),
  handle: (call) =>
    settle(call, created, async (memberId, ref) => {
      const { points, payableFen, store: named } = call.body;
      const by = await tillName(call);
      const asked = { memberId, ref, storeId: storeIdOf(named), points, payableFen, by };
      return payWithPoints(call.deps.engine, asked, call.now);
    }),
});

const undoing = route({
  ...common,
  path: '/members/{id}/point-spends/undo',
  refusals: pointSpendRefusals('UNKNOWN_SPEND'),
  summary: 'Undo paying with points (撤销积分抵钱)',
  description:
    'The points go back into the lots that they were taken from. What came back with the goods before does not come back twice. Undone twice is undone once; after it the receipt may be paid with points anew.',
  statuses: [200],
  body: namedBody('PointSpendUndoing', z.strictObject(receipt)),
  handle: (call) =>
    settle(call, ok, (memberId, ref) => undoPointSpend(call.deps.engine, { memberId, ref }, call.now)),
});

export const pointSpendRoutes = [paying, undoing];
