/** 手工收回: the office takes back a coupon that nobody has used, with a reason. */
import * as z from 'zod';
import { reasonMax, revokeCoupon } from '../../commands/coupons/revoke.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { standingOf, standings } from '../../decide/coupons/life.ts';
import { commandId } from '../call/commit.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { couponProblem, couponRefusals, notDecided } from './coupon-problem.ts';
import { receiptFields } from './receipt.ts';

export const couponRevocation = route({
  method: 'POST',
  path: '/coupons/revoke',
  tag: 'Coupons',
  summary: 'Take back a coupon that has not been used',
  description:
    'It cannot be undone, only given again. What it took of the stock and of the member’s share is free again. One that is revoked already stays so.',
  scope: 'admin',
  statuses: [200],
  refusals: couponRefusals('UNKNOWN_CODE', 'ALREADY_USED', 'LOCKED_BY_OTHER'),
  body: namedBody(
    'CouponRevocation',
    z.strictObject({ code: receiptFields.code, reason: z.string().trim().min(1).max(reasonMax) }),
  ),
  answer: namedAnswer('CouponRevoked', z.strictObject({ code: z.string(), state: z.enum(standings) })),
  handle: async (call) => {
    const { deps, body, now, token } = call;
    const couponId = codeRead(body.code);
    if (couponId === null) return couponProblem({ reason: 'UNKNOWN_CODE' });
    const wish = { key: await commandId(call), couponId, by: token.name, reason: body.reason };
    const done = await revokeCoupon(deps.engine, wish, now);
    if ('undecided' in done) return notDecided;
    if ('miss' in done) return couponProblem(done.miss);
    return ok({ code: couponId, state: standingOf(done.held.coupon, now) });
  },
});
