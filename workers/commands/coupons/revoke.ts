/** 手工收回一张券: for a colleague who waits. A coupon that is revoked already stays so, and the answer is the same. */
import { EventId, type CouponId, type CouponRevoked } from '../../../schema/index.ts';
import { readCoupon, type CouponLife } from '../../db/coupons/coupons.ts';
import type { CouponMiss } from '../../decide/coupons/use/may-use.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export const reasonMax = 200;

type Revoking = {
  readonly key: string;
  readonly couponId: CouponId;
  readonly by: string;
  readonly reason: string;
};

export type Revoked =
  | { readonly held: CouponLife }
  | { readonly miss: CouponMiss }
  /** The outcome is unknown; the same wish again finds out. */
  | { readonly undecided: true };

export async function revokeCoupon(
  engine: Engine,
  { key, ...wish }: Revoking,
  now: number,
): Promise<Revoked> {
  const event: CouponRevoked = {
    ...wish,
    type: 'coupon.revoked',
    id: EventId.parse(key),
    namespace: '',
    occurredAt: now,
  };
  const ran = await run(engine, event, now, () => readCoupon(engine.db, wish.couponId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code !== 'COUPON')
      throw new Error(`a coupon was not revoked because of ${ran.refusal.code}`);
    return { miss: ran.refusal.miss };
  }
  const held = resultOf(ran);
  return held ? { held } : { undecided: true };
}
