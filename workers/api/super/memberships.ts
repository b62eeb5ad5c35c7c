/** 超级会员: a till or the office sells a membership that is paid for, calls a mistake off, and pays back by the plan's rule. */
import * as z from 'zod';
import { Fen, Id, StoreId, type MemberId, type SuperMembership } from '../../../schema/index.ts';
import { endMembership, sellMembership, type SuperAnswer } from '../../commands/super/memberships.ts';
import { readMember } from '../../db/members/members.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { readMemberships, type SoldMembership } from '../../db/super/memberships.ts';
import type { Problem } from '../../platform/problem.ts';
import { takeKey } from '../call/commit.ts';
import { created, namedBody, ok, route, type Outcome } from '../call/define.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { storeIdOf } from '../coupons/receipt.ts';
import { unknownMember } from '../members/member-view.ts';
import { knownAs, params, receipt, type StoredCall } from '../stored/settle.ts';
import { Answer, List, untilOf, view } from './membership-view.ts';
import { superProblem, superRefusals } from './super-problem.ts';

type Body = z.infer<z.ZodObject<typeof named>>;
const named = {
  ...receipt,
  saleNo: Id.meta({ description: 'The number of the receipt: under it one is sold once.' }),
};

async function settle<Given extends Body>(
  call: StoredCall<Given>,
  answer: typeof ok | typeof created,
  act: (memberId: MemberId, number: string) => Promise<SuperAnswer>,
): Promise<Outcome<z.infer<typeof Answer>>> {
  const { deps, now, requestKey, body } = call;
  const found = await readMember(deps.db, call.params.id);
  if (!found || found.member.deletedAt !== null) return unknownMember;
  const known = await knownAs(call, { number: body.saleNo, businessDate: body.businessDate });
  if ('code' in known) return known;
  const taken = await takeKey(call);
  if (taken) return taken;
  const done = await act(found.member.id, known.known);
  if ('undecided' in done) return notDecided;
  if ('isNobody' in done) return unknownMember;
  if ('miss' in done) return superProblem(done.miss);
  const success = answer(await answerOf(call, done.done, done.all, found.member.id, now));
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

async function answerOf<Given>(
  { deps }: StoredCall<Given>,
  row: SuperMembership,
  all: readonly SoldMembership[],
  memberId: MemberId,
  now: number,
) {
  const [config, after] = await Promise.all([deps.engine.config.get(), readMember(deps.db, memberId)]);
  const sold = all.find((one) => one.row.id === row.id) ?? { row, gifts: [] };
  return { ...view(config, sold, all, now), superUntil: untilOf(after?.member.superUntil ?? null) };
}

const common = { method: 'POST', tag: 'Super membership', params, answer: Answer } as const;

const SaleBody = namedBody(
  'SuperMembershipSale',
  z.strictObject({
    ...named,
    plan: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .meta({
        description: 'A plan of the settings (`superMembership.plans`) by its name.',
        examples: ['年卡'],
      }),
    paidFen: Fen.nullish().meta({
      description: 'What was taken; if given, it has to be the plan’s price.',
      examples: [19_900],
    }),
  }),
);

const sell = route({
  ...common,
  path: '/members/{id}/super-memberships',
  summary: 'Sell a super membership, or one more (开通、续费超级会员)',
  description:
    'From the later of now and her end, for the days or months of the plan; the last of them ends at midnight. It is no sale and earns no points: tell no sale of it besides. The same number again answers the same. What it gives is said by campaigns of the trigger super_membership.bought.',
  scope: 'pos',
  statuses: [201],
  refusals: superRefusals('UNKNOWN_PLAN', 'NUMBER_TAKEN', 'TOO_FAR', 'AMOUNT_DIFFERS'),
  body: SaleBody,
  handle: (call) => {
    const { plan, paidFen = null } = call.body;
    const storeId = StoreId.parse(storeIdOf(call.body.store));
    return settle(call, created, (memberId, number) =>
      sellMembership(call.deps.engine, { memberId, number, plan, storeId, paidFen }, call.now),
    );
  },
});

const EndBody = namedBody('SuperMembershipUndo', z.strictObject(named));

const undo = route({
  ...common,
  path: '/members/{id}/super-memberships/undo',
  summary: 'Call the sale of a super membership off (撤销)',
  description:
    'Within 24 hours, for all of the money, unless a coupon that was given for it is used. What it gave is taken back, and she is what she was before. Again it answers the same.',
  scope: 'pos',
  statuses: [200],
  refusals: superRefusals('UNKNOWN_MEMBERSHIP', 'ENDED', 'NOT_LAST', 'UNDO_CLOSED', 'OVER', 'ALREADY_USED'),
  body: EndBody,
  handle: (call) =>
    settle(call, ok, (memberId, number) =>
      endMembership(call.deps.engine, { memberId, number, as: 'undone', backFen: null }, call.now),
    ),
});

const RefundBody = namedBody(
  'SuperMembershipRefund',
  z.strictObject({
    ...named,
    refundedFen: Fen.nullish().meta({
      description: 'What is paid back; if given, it has to be what the plan’s rule comes to.',
      examples: [10_000],
    }),
  }),
);

const refund = route({
  ...common,
  path: '/members/{id}/super-memberships/refunds',
  summary: 'Pay a super membership back (退超级会员)',
  description:
    'By the rule of its plan as it was when it was sold: by-days pays the whole days that are still to come, rounded down to the fen; if-unused pays all of it within its days. It ends there and then, with the coupons that end with it; what it gave is taken back. Of several, the last one first (`not_last`).',
  scope: 'admin',
  statuses: [200],
  refusals: superRefusals(
    'UNKNOWN_MEMBERSHIP',
    'ENDED',
    'NOT_LAST',
    'NO_REFUND',
    'OVER',
    'REFUND_CLOSED',
    'ALREADY_USED',
    'AMOUNT_DIFFERS',
  ),
  body: RefundBody,
  handle: (call) =>
    settle(call, ok, (memberId, number) =>
      endMembership(
        call.deps.engine,
        { memberId, number, as: 'refunded', backFen: call.body.refundedFen ?? null },
        call.now,
      ),
    ),
});

const listed = route({
  method: 'GET',
  path: '/members/{id}/super-memberships',
  tag: 'Super membership',
  summary: 'What a member bought of it, and what would be paid back now',
  description:
    'All that were ever sold to them. `refundFen` is what a refund would come to; where it would be refused, `refundReason` has its code.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params,
  answer: List,
  handle: async ({ deps, params: { id }, now }): Promise<Outcome<z.infer<typeof List>> | Problem> => {
    const found = await readMember(deps.db, id);
    if (!found || found.member.deletedAt !== null) return unknownMember;
    const [config, all] = await Promise.all([
      deps.engine.config.get(),
      readMemberships(deps.db, found.member.id),
    ]);
    const items = all.map((one) => view(config, one, all, now));
    return ok({ superUntil: untilOf(found.member.superUntil), items, next: null });
  },
});

export const superMembershipRoutes = [listed, sell, undo, refund];
