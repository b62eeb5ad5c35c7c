/** Folds the effects that concern a coupon. */
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { place } from '../slices/fold.ts';
import { known, type World } from '../world.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const couponFolds = {
  'coupon.issue': (world: World, changes: Changes, { coupon }: Of<'coupon.issue'>): void =>
    place(world, changes, 'coupons', coupon),
  'coupon.revoke': (world: World, changes: Changes, { couponId, at }: Of<'coupon.revoke'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    place(world, changes, 'coupons', { ...coupon, state: 'revoked', endedAt: at });
  },
  'coupon.flag': (world: World, changes: Changes, { couponId }: Of<'coupon.flag'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    place(world, changes, 'coupons', { ...coupon, flag: 'earned-by-returned-sale' });
  },
};
