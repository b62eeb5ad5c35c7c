/** Folds the effects that concern a coupon. */
import type { Coupon } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import { tallyOf } from '../counters/coupon-tallies.ts';
import { count } from '../counters/index.ts';
import type { Verb } from '../effects.ts';
import { place } from '../slices/fold.ts';
import { known, type World } from '../world.ts';
import { stepped } from './life.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const couponFolds = {
  'coupon.issue': (world: World, changes: Changes, { coupon }: Of<'coupon.issue'>): void =>
    becomes(world, changes, null, coupon),
  'coupon.step': (world: World, changes: Changes, verb: Of<'coupon.step'>): void => {
    const { couponId, step, cause, at, storeId = null, by = null, reason = null } = verb;
    const offFen = step.act === 'used' ? step.offFen : null;
    const before = known(world.coupons.get(couponId), couponId);
    becomes(world, changes, before, stepped(before, verb));
    changes.notes.couponMoves.push({ couponId, act: step.act, cause, at, storeId, by, offFen, reason });
  },
  'coupon.decline': (): void => {},
  'coupon.flag': (world: World, changes: Changes, { couponId, flag }: Of<'coupon.flag'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    place(world, changes, 'coupons', { ...coupon, flag });
  },
};

/** The tallies move with the coupon, whatever made it so: none is forgotten. */
function becomes(world: World, changes: Changes, before: Coupon | null, after: Coupon): void {
  place(world, changes, 'coupons', after);
  const tally = tallyOf(before, after);
  if (tally) count(world, changes.counts, tally);
}
