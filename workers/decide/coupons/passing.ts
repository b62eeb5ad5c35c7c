/** 转赠: whether a coupon may be passed on to a friend, and whether this friend may take it; if not, the one reason why. */
import { type Coupon, type CouponTemplateDefinition, type MemberId } from '../../../schema/index.ts';
import { hourMs } from '../plain/dates.ts';
import type { Bar } from './bar.ts';
import { isLocked } from './life.ts';

/** 链接有效期. After it the coupon is its owner's again, without anybody doing anything. */
export const passHours = 24;

export type PassMiss =
  /** No such coupon, or no such link; withdrawn or too old, or its owner is no more. */
  | { readonly reason: 'UNKNOWN' }
  | { readonly reason: 'NOT_TRANSFERABLE' }
  /** It came from a friend: a coupon is passed on once. */
  | { readonly reason: 'PASSED_BEFORE' }
  | { readonly reason: 'USED'; readonly at: number }
  | { readonly reason: 'REVOKED' }
  | { readonly reason: 'EXPIRED'; readonly to: number }
  /** A till holds it. */
  | { readonly reason: 'LOCKED'; readonly until: number }
  | { readonly reason: 'OWN_LINK' }
  /** Another friend was first. */
  | { readonly reason: 'TAKEN' }
  /** The friend has had as many as one may have. */
  | { readonly reason: 'NO_ROOM'; readonly bar: Bar };

/** Nobody can pass on what cannot be used any more, or what a till has counted on. */
export function passMiss(
  coupon: Coupon,
  definition: CouponTemplateDefinition | undefined,
  now: number,
): PassMiss | null {
  if (!definition) return { reason: 'UNKNOWN' };
  const { state, endedAt, validTo, lockedUntil } = coupon;
  if (state === 'used') return { reason: 'USED', at: endedAt ?? 0 };
  if (state === 'revoked') return { reason: 'REVOKED' };
  if (validTo <= now) return { reason: 'EXPIRED', to: validTo };
  if (coupon.passedAt !== null) return { reason: 'PASSED_BEFORE' };
  if (!definition.transferable) return { reason: 'NOT_TRANSFERABLE' };
  return isLocked(coupon, now) ? { reason: 'LOCKED', until: lockedUntil ?? 0 } : null;
}

/** A coupon that is over sooner takes its link with it. */
export const passUntil = ({ validTo }: Coupon, now: number): number =>
  Math.min(now + passHours * hourMs, validTo);

/** Of a link, for whoever opens it; `isOpen` is on its way at this moment. What the friend has had already is looked at when it is taken. */
export function takeMiss(coupon: Coupon, memberId: MemberId | null, isOpen: boolean): PassMiss | null {
  if (coupon.passedAt !== null) return { reason: 'TAKEN' };
  if (coupon.state === 'revoked') return { reason: 'REVOKED' };
  if (!isOpen) return { reason: 'UNKNOWN' };
  return coupon.memberId === memberId ? { reason: 'OWN_LINK' } : null;
}
