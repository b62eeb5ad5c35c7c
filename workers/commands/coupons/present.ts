/** 核销: somebody shows a coupon and waits. The same wish for the same receipt, however often, is one. */
import {
  EventId,
  type CouponId,
  type CouponPresented,
  type CouponRef,
  type CouponWish,
  type StoreId,
} from '../../../schema/index.ts';
import { readCoupon, type CouponLife } from '../../db/coupons/coupons.ts';
import type { CouponMiss } from '../../decide/coupons/use/may-use.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

export type Presenting = CouponWish & {
  readonly couponId: CouponId;
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  readonly by: string | null;
};

export type Presented =
  /** Of the same wish sent again it is not new. */
  | { readonly held: CouponLife; readonly isNew: boolean }
  | { readonly miss: CouponMiss }
  /** The outcome is unknown; the same wish again finds out. */
  | { readonly undecided: true };

export async function presentCoupon(engine: Engine, wish: Presenting, now: number): Promise<Presented> {
  const event: CouponPresented = {
    ...wish,
    type: 'coupon.presented',
    id: EventId.parse(newId('cp')),
    namespace: '',
    occurredAt: now,
  };
  const ran = await run(engine, event, now, () => readCoupon(engine.db, wish.couponId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code !== 'COUPON') throw new Error(`a coupon was refused with ${ran.refusal.code}`);
    return { miss: ran.refusal.miss };
  }
  const held = resultOf(ran);
  return held ? { held, isNew: ran.verdict === 'applied' } : { undecided: true };
}
