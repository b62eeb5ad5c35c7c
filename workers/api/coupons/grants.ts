/** 手工发券: the office gives a member coupons of a template, with a reason. */
import * as z from 'zod';
import { MemberId, StoreId, TemplateId } from '../../../schema/index.ts';
import { grantCoupons } from '../../commands/coupons/grant.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import type { Bar } from '../../decide/coupons/bar.ts';
import type { Problem } from '../../platform/problem.ts';
import { barWords } from '../../words/misses/coupon-misses.ts';
import { commandId, takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, route } from '../call/define.ts';
import { unknownMember } from '../members/member-view.ts';
import { CouponAnswer, viewCoupon } from '../promotions/coupon-view.ts';
import { notDecided } from './coupon-problem.ts';

const countMax = 20;
const reasonMax = 200;

export const couponGrants = route({
  method: 'POST',
  path: '/members/{id}/coupons',
  tag: 'Coupons',
  summary: 'Give a member coupons by hand',
  description:
    'All of them or none, within the limits of the template: daily_quota and per_person_limit say with `numbers` how many there are and were given. Nothing is given that would be over already.',
  scope: 'admin',
  statuses: [201],
  refusals: {
    404: ['unknown_member', 'unknown_template'],
    409: ['out_of_stock', 'per_person_limit', 'daily_quota', 'over', 'not_super_member'],
    503: ['not_decided'],
  },
  params: z.strictObject({ id: MemberId }),
  body: namedBody(
    'CouponGrant',
    z.strictObject({
      templateId: TemplateId,
      count: z.int().min(1).max(countMax).default(1),
      store: StoreId.nullable()
        .default(null)
        .meta({ description: 'Where it was asked for: it works there alone if its template says so.' }),
      reason: z.string().trim().min(1).max(reasonMax),
      tells: z
        .boolean()
        .default(true)
        .meta({ description: 'The member is told, if they can be written to.' }),
    }),
  ),
  answer: namedAnswer('CouponsGranted', z.strictObject({ items: z.array(CouponAnswer) })),
  handle: async (call) => {
    const { deps, params, body, now, requestKey, token } = call;
    const taken = await takeKey(call);
    if (taken) return taken;
    const { templateId, count, store: storeId, reason, tells } = body;
    const id = await commandId(call);
    const asked = {
      id,
      memberId: params.id,
      templateId,
      count,
      storeId,
      by: token.name,
      reason,
      ...(tells && { tellAt: now }),
    };
    const granted = await grantCoupons(deps.engine, asked, now);
    if ('isNobody' in granted) return unknownMember;
    if ('bar' in granted) return barProblem(granted.bar);
    if ('undecided' in granted) return notDecided;
    const success = created({ items: granted.coupons.map((held) => viewCoupon(held, now)) });
    if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
    return success;
  },
});

const codes = {
  stock: 'out_of_stock',
  perMember: 'per_person_limit',
  perMemberPerDay: 'per_person_limit',
  perDay: 'daily_quota',
  over: 'over',
  notSuper: 'not_super_member',
} as const;

function barProblem(bar: Bar | null): Problem {
  const detail = barWords(bar);
  if (bar === null || bar.limit === 'gone')
    return { status: 404, code: 'unknown_template', detail, field: 'templateId' };
  const { limit: _limit, ...numbers } = bar;
  return { status: 409, code: codes[bar.limit], detail, field: 'templateId', numbers };
}
