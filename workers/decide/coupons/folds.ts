/** Folds the effects that concern a coupon. */
import type { Coupon, Posting } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import { tallyOf } from '../counters/coupon-tallies.ts';
import { count } from '../counters/index.ts';
import type { Verb } from '../effects.ts';
import { postTo } from '../money/post.ts';
import { place } from '../slices/fold.ts';
import { headOf, known, type World } from '../world.ts';
import { stepped } from './life.ts';

type Of<Type extends Verb['type']> = Extract<Verb, { type: Type }>;

export const couponFolds = {
  'coupon.issue': (world: World, changes: Changes, { coupon }: Of<'coupon.issue'>): void =>
    becomes(world, changes, null, coupon),
  'coupon.step': (world: World, changes: Changes, verb: Of<'coupon.step'>): void => {
    const { couponId, step, cause, at, storeId = null, by = null, reason = null } = verb;
    const offFen = step.act === 'used' ? step.offFen : null;
    const before = known(world.coupons.get(couponId), couponId);
    const after = stepped(before, verb);
    becomes(world, changes, before, after);
    owe(world, changes, [before, after], { cause, at, storeId });
    changes.notes.couponMoves.push({ couponId, act: step.act, cause, at, storeId, by, offFen, reason });
  },
  'coupon.lapse': (world: World, changes: Changes, { couponId, at }: Of<'coupon.lapse'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    const lapsed = { ...coupon, paidFen: null };
    place(world, changes, 'coupons', lapsed);
    owe(world, changes, [coupon, lapsed], { cause: `voucher-over:${couponId}`, at, storeId: null });
  },
  'coupons.end': (world: World, changes: Changes, verb: Of<'coupons.end'>): void => {
    const { memberId, until, templateIds } = verb;
    for (const coupon of world.coupons.of(memberId)) {
      if (templateIds.includes(coupon.templateId) && coupon.validTo > until)
        world.coupons.set(coupon.id, { ...coupon, validTo: Math.max(coupon.validFrom + 1, until) });
    }
    changes.couponEnds.set(memberId, { until, templateIds });
    changes.members.add(memberId);
  },
  'coupon.decline': (): void => {},
  'coupon.flag': (world: World, changes: Changes, { couponId, flag }: Of<'coupon.flag'>): void => {
    const coupon = known(world.coupons.get(couponId), couponId);
    place(world, changes, 'coupons', { ...coupon, flag });
  },
};

type Why = Pick<Posting, 'cause' | 'at' | 'storeId'>;

/** 预付: what was paid for a coupon is owed for as long as it can be used, to whoever has it. */
function owe(world: World, changes: Changes, [before, after]: readonly [Coupon, Coupon], why: Why): void {
  const owedFor = ({ state, paidFen }: Coupon): number => (state === 'issued' ? (paidFen ?? 0) : 0);
  if (before.memberId === after.memberId)
    return post(world, changes, {
      memberId: after.memberId,
      delta: owedFor(after) - owedFor(before),
      ...why,
    });
  post(world, changes, { memberId: before.memberId, delta: -owedFor(before), ...why });
  post(world, changes, { memberId: after.memberId, delta: owedFor(after), ...why });
}

/** Of whoever was forgotten nothing is owed any more, and nothing can be taken. */
function post(world: World, changes: Changes, move: Why & Pick<Posting, 'memberId' | 'delta'>): void {
  const { balance } = headOf(world, move.memberId, 'prepaid');
  const isGone = (world.members.get(move.memberId)?.deletedAt ?? null) !== null;
  const delta = isGone ? 0 : Math.max(-balance, move.delta);
  if (delta === 0) return;
  postTo(world, changes, { ...move, account: 'prepaid', delta, overdraft: false });
  changes.members.add(move.memberId);
}

/** The tallies move with the coupon, whatever made it so: none is forgotten. */
function becomes(world: World, changes: Changes, before: Coupon | null, after: Coupon): void {
  place(world, changes, 'coupons', after);
  const tally = tallyOf(before, after);
  if (tally) count(world, changes.counts, tally);
}
