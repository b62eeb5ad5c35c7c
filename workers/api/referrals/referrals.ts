/** 邀请好友: who brought whom, by state, and the queue of those that somebody has to look at. */
import * as z from 'zod';
import { MemberId, ReferralId, referralReasons, referralStates } from '../../../schema/index.ts';
import { review } from '../../commands/referrals/review.ts';
import { readMember } from '../../db/members/members.ts';
import { ownReferrals, referralsIn, type ReferralShown } from '../../db/referrals/lists.ts';
import { maskPhone } from '../../views/mask.ts';
import type { Problem } from '../../platform/problem.ts';
import { commandId } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';
import { notDecided } from '../coupons/coupon-problem.ts';
import { unknownMember } from '../members/member-view.ts';

const unknownReferral: Problem = {
  code: 'unknown_referral',
  status: 404,
  detail: 'No friend was registered under this id: GET /referrals?state=review lists the queue.',
};
const notInReview: Problem = {
  code: 'not_in_review',
  status: 409,
  detail: 'Somebody has decided it already, or it never waited: GET /referrals?state=review lists the queue.',
};

const Answer = namedAnswer(
  'Referral',
  z.strictObject({
    id: z.string(),
    inviterId: z.string(),
    friend: z
      .strictObject({ id: z.string(), phone: z.string().nullable(), joinedAt: At.nullable() })
      .nullable()
      .meta({ description: 'Null where the invitation was refused: of them nothing is kept.' }),
    at: At,
    state: z.enum(referralStates).meta({
      description:
        'new: looked at within a minute. review: somebody has to look. waiting: for the first purchase that is kept.',
    }),
    why: z.enum(referralReasons).nullable().meta({
      description:
        'SELF: the inviter’s own phone or WeChat. MEMBER: was a member before. MONTH: over the limit of the month. GONE: one of the two has left. DEVICE, ADDRESS: seen with another member.',
    }),
    walletFen: z.int(),
    coupons: z.array(z.strictObject({ templateId: z.string(), count: z.int() })),
    spentFen: z.int().meta({ description: 'What the friend has kept of their purchases.' }),
    commissionFen: z.int().meta({ description: 'What was posted of it.' }),
    pendingFen: z.int().meta({ description: 'What waits for the return window to close.' }),
    by: z.string().nullable().meta({ description: 'Who decided in the queue.' }),
    settledAt: At.nullable(),
  }),
);

function view({ referral, friend, invited }: ReferralShown): z.infer<typeof Answer> {
  const { id, memberId, at, state, why, walletFen, commissionFen, by, settledAt } = referral;
  return {
    id,
    inviterId: memberId,
    friend: friend && {
      id: friend.id,
      phone: friend.phone === null ? null : maskPhone(friend.phone),
      joinedAt: instantOrNull(friend.joinedAt),
    },
    at: instant(at),
    state,
    why,
    walletFen,
    coupons: referral.coupons.map(([templateId, count]) => ({ templateId, count })),
    spentFen: invited?.spentFen ?? referral.spentFen,
    commissionFen,
    pendingFen: pendingOf(invited),
    by,
    settledAt: instantOrNull(settledAt),
  };
}

const pendingOf = (invited: ReferralShown['invited']): number =>
  (invited?.waits ?? []).reduce((sum, [, , fen]) => sum + fen, 0);

const placeOf = ({ referral: { at, id } }: ReferralShown) => ({ at, id: id as string });
const common = { tag: 'Referrals', scope: 'admin', statuses: [200] } as const;

const many = route({
  ...common,
  method: 'GET',
  path: '/referrals',
  summary: 'Invitations of one state, newest first (邀请好友)',
  description:
    'Unless a state is given, those that wait for somebody to look: `why` says what was noticed, POST /referrals/{id}/review decides.',
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(referralStates).default('review').meta({ example: 'review' }),
  }),
  answer: listOf('ReferralList', Answer),
  handle: ({ deps, query }) =>
    paged(
      query,
      newestFirst((before, limit) => referralsIn(deps.db, query.state, before, limit), placeOf),
      view,
    ),
});

const own = route({
  ...common,
  method: 'GET',
  path: '/members/{id}/referrals',
  scope: 'pos',
  summary: 'Whom a member has brought, newest first',
  description:
    'Friends who registered, with what each of them has brought so far. Whoever was refused is not among them.',
  refusals: { 404: ['unknown_member'] },
  params: z.strictObject({ id: MemberId }),
  query: z.strictObject(pageQuery),
  answer: listOf('MemberReferralList', Answer),
  handle: async ({ deps, params, query }) => {
    const holdings = await readMember(deps.db, params.id);
    if (!holdings) return unknownMember;
    const { id } = holdings.member;
    return paged(
      query,
      newestFirst((before, limit) => ownReferrals(deps.db, id, before, limit), placeOf),
      view,
    );
  },
});

const decide = route({
  ...common,
  method: 'POST',
  path: '/referrals/{id}/review',
  summary: 'Approve or reject one of the queue',
  description:
    'Friends who registered on a phone or at an address where another member had been seen wait here: families share both. Approving pays what the friend brings, rejecting does not. Decided once.',
  refusals: { 404: [unknownReferral.code], 409: [notInReview.code], 503: ['not_decided'] },
  params: z.strictObject({ id: ReferralId }),
  body: namedBody(
    'ReferralReview',
    z.strictObject({
      approve: z.boolean().meta({ description: 'True pays, false does not.', example: true }),
    }),
  ),
  answer: Answer,
  handle: async (call) => {
    const { deps, params, body, token, now } = call;
    const asked = {
      id: await commandId(call),
      referralId: params.id,
      isApproved: body.approve,
      by: token.name,
    };
    const done = await review(deps.engine, asked, now);
    if ('undecided' in done) return notDecided;
    if ('isUnknown' in done) return unknownReferral;
    return 'isSettled' in done ? notInReview : ok(view(done.shown));
  },
});

export const referralRoutes = [many, own, decide];
