/** Folds the effects that concern a coupon. */
import type { Changes } from '../changes.ts';
import type { Verb } from '../effects.ts';
import { place } from '../slices/fold.ts';
import { known, type World } from '../world.ts';
import { stepped } from './life.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const couponFolds = {
  'coupon.issue': (world: World, changes: Changes, { coupon }: Of<'coupon.issue'>): void =>
    place(world, changes, 'coupons', coupon),
  'coupon.step': (world: World, changes: Changes, verb: Of<'coupon.step'>): void => {
    const { couponId, step, cause, at, storeId = null, by = null } = verb;
    const offFen = step.act === 'used' ? step.offFen : null;
    place(world, changes, 'coupons', stepped(known(world.coupons.get(couponId), couponId), verb));
    changes.notes.couponMoves.push({ couponId, act: step.act, cause, at, storeId, by, offFen });
  },
  'coupon.decline': (): void => {},
  'coupon.flag': (world: World, changes: Changes, { couponId, flag }: Of<'coupon.flag'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    place(world, changes, 'coupons', { ...coupon, flag });
  },
};
