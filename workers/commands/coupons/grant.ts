/** 手工发券: for a colleague who waits, with the coupons that were given. */
import type { CouponGranted } from '../../../schema/index.ts';
import { couponsWith } from '../../db/coupons/coupons.ts';
import type { HeldCoupon } from '../../db/members/member-lists.ts';
import type { Bar } from '../../decide/coupons/bar.ts';
import { secretOf } from '../../decide/coupons/issue-coupon.ts';
import { grantCause } from '../../decide/on/coupons/coupon-granted.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Granted =
  | { readonly coupons: readonly HeldCoupon[] }
  | { readonly bar: Bar | null }
  | { readonly isNobody: true }
  | { readonly undecided: true };

/** Repeated with the same `id`, it answers with the same coupons. */
export async function grantCoupons(
  engine: Engine,
  asked: Omit<CouponGranted, 'type' | 'namespace' | 'occurredAt'>,
  now: number,
): Promise<Granted> {
  const event: CouponGranted = { ...asked, type: 'coupon.granted', namespace: '', occurredAt: now };
  const ran = await run(engine, event, now, () => givenBy(engine, event));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code === 'NO_COUPON') return { bar: ran.refusal.bar };
    throw new Error(`a coupon was not given because of ${ran.refusal.code}`);
  }
  const coupons = resultOf(ran);
  return coupons && coupons.length > 0 ? { coupons } : { undecided: true };
}

/** Their codes follow from the command, but for the minute of the first time. */
async function givenBy(engine: Engine, event: CouponGranted): Promise<HeldCoupon[]> {
  const { id, memberId, count } = event;
  const seed = (await engine.seeds(new Set([id]))).get(id);
  if (!seed) return [];
  const secrets = Array.from({ length: count }, (_, place) => secretOf(seed, grantCause(event), null, place));
  return couponsWith(engine.db, memberId, secrets);
}
