/** 占用与放开: a till holds a coupon for a receipt for minutes; after that it is free by itself. */
import * as z from 'zod';
import { told } from '../../commands/canonical.ts';
import { codeOfCoupon, standingOf, standings } from '../../decide/coupons/life.ts';
import { namedAnswer, namedBody, route } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';
import { couponRefusals, unusable } from './coupon-problem.ts';
import { present, receiptFields } from './receipt.ts';

const minutesDefault = 10;
const minutesMax = 120;

const common = {
  method: 'POST',
  tag: 'Coupons',
  scope: 'pos',
  statuses: [200],
} as const;

const LockBody = namedBody(
  'CouponLock',
  z.strictObject({
    ...receiptFields,
    minutes: z
      .int()
      .min(1)
      .max(minutesMax)
      .default(minutesDefault)
      .meta({ description: 'How long it is held.' }),
  }),
);

const lock = route({
  ...common,
  path: '/coupons/lock',
  refusals: couponRefusals(...unusable),
  summary: 'Hold a coupon for a receipt',
  description:
    'For minutes: after that it is free by itself, and a sale that names it uses it all the same if nobody else has. For the same receipt again it answers the same.',
  body: told(LockBody),
  documentedBody: LockBody,
  answer: namedAnswer('CouponLocked', z.strictObject({ code: z.string(), lockedUntil: At })),
  handle: (call) =>
    present(call, { act: 'lock', minutes: call.body.minutes }, ({ coupon }) => ({
      code: codeOfCoupon(coupon),
      lockedUntil: instant(coupon.lockedUntil ?? call.now),
    })),
});

const ReleaseBody = namedBody('CouponRelease', z.strictObject(receiptFields));

const release = route({
  ...common,
  path: '/coupons/release',
  refusals: couponRefusals('UNKNOWN_CODE', 'ALREADY_USED', 'LOCKED_BY_OTHER'),
  summary: 'Let a coupon go that was held for a receipt',
  description: 'One that is free already stays free.',
  body: told(ReleaseBody),
  documentedBody: ReleaseBody,
  answer: namedAnswer(
    'CouponReleased',
    z.strictObject({ code: z.string(), state: z.enum(standings), lockedUntil: At.nullable() }),
  ),
  handle: (call) =>
    present(call, { act: 'release' }, ({ coupon }) => ({
      code: codeOfCoupon(coupon),
      state: standingOf(coupon, call.now),
      lockedUntil: instantOrNull(coupon.lockedUntil),
    })),
});

export const lockRoutes = [lock, release];
