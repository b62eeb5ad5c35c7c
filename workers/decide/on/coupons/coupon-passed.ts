/** 转赠: a coupon is let go of for a friend, taken back, or taken; of all who want it at one moment, one has it. */
import type { Coupon, CouponPassed } from '../../../../schema/index.ts';
import { countFriend, dayOf } from '../../coupons/freed.ts';
import { codeFor } from '../../coupons/issue-coupon.ts';
import { isPassing } from '../../coupons/life.ts';
import { passMiss, passUntil, takeMiss, type PassMiss } from '../../coupons/passing.ts';
import { barOfMember } from '../../coupons/room.ts';
import { accept, ignore, refuse, type Decision, type Effect } from '../../effects.ts';
import type { World } from '../../world.ts';
import type { On } from '../define.ts';

export const couponPassed: On<CouponPassed> = {
  needs({ memberId, couponId }, ask) {
    ask.member(memberId);
    ask.coupon(couponId);
  },
  decide: onCouponPassed,
};

const refused = (miss: PassMiss): Decision => refuse({ code: 'PASS', miss });
const nothingNew = ignore({ code: 'NOTHING_NEW', about: 'coupon' });

function onCouponPassed(world: World, event: CouponPassed): Decision {
  const member = world.members.get(event.memberId);
  if (!member || member.mergedInto !== null || member.deletedAt !== null)
    return refuse({ code: 'NO_MEMBER' });
  const coupon = world.coupons.get(event.couponId);
  if (!coupon || world.members.get(coupon.memberId)?.deletedAt !== null)
    return refused({ reason: 'UNKNOWN' });
  switch (event.act) {
    case 'offer':
      return offer(world, event, coupon);
    case 'withdraw':
      return withdraw(world, event, coupon);
    case 'accept':
      return take(world, event, coupon);
    default:
      return event.act satisfies never;
  }
}

const stepOf = (event: CouponPassed) =>
  ({
    type: 'coupon.step',
    couponId: event.couponId,
    cause: `pass:${event.passId}`,
    at: event.occurredAt,
  }) as const;

function offer(world: World, event: CouponPassed, coupon: Coupon): Decision {
  if (coupon.memberId !== event.memberId) return refused({ reason: 'UNKNOWN' });
  // One link at a time: asked for again, it is the one that is there.
  if (isPassing(coupon, world.now)) return nothingNew;
  const miss = passMiss(coupon, world.config.templates.get(coupon.templateId), world.now);
  if (miss) return refused(miss);
  const until = passUntil(coupon, event.occurredAt);
  return accept([{ ...stepOf(event), step: { act: 'offered', passId: event.passId, until } }]);
}

function withdraw(world: World, event: CouponPassed, coupon: Coupon): Decision {
  if (coupon.passId !== event.passId) return nothingNew;
  // Too late for her, and she has to read it.
  if (coupon.memberId !== event.memberId)
    return refused({ reason: coupon.passedBy === event.memberId ? 'TAKEN' : 'UNKNOWN' });
  if (!isPassing(coupon, world.now)) return nothingNew;
  return accept([{ ...stepOf(event), step: { act: 'withdrawn' } }]);
}

function take(world: World, event: CouponPassed, coupon: Coupon): Decision {
  const { memberId, passId, occurredAt } = event;
  if (coupon.passId !== passId) return refused({ reason: 'UNKNOWN' });
  if (coupon.passedAt !== null && coupon.memberId === memberId) return nothingNew;
  const miss = takeMiss(coupon, memberId, isPassing(coupon, world.now));
  if (miss) return refused(miss);
  const bar = barOfMember(world, { memberId, on: dayOf(world, coupon, occurredAt) }, coupon.templateId);
  if (bar) return refused({ reason: 'NO_ROOM', bar });
  const code = codeFor(world, event.id, { cause: `pass:${passId}`, at: occurredAt });
  const effects: Effect[] = [
    // Both versions rise: whatever either of them does at the same moment looks again.
    ...[coupon.memberId, memberId].flatMap((id): Effect[] => {
      const one = world.members.get(id);
      return one ? [{ type: 'member.put', member: one }] : [];
    }),
    { ...stepOf(event), step: { act: 'passed', to: memberId, code } },
  ];
  return accept([...effects, ...countFriend(world, { ...coupon, memberId }, occurredAt, 1)]);
}
