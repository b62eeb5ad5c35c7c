/** 能不能撤销、能不能退: whether a membership may end before its day, and what is paid back for it then. */
import type { Coupon, SuperEnd, SuperMembership, SuperMiss } from '../../../schema/index.ts';
import { isLocked } from '../coupons/life.ts';
import { dayMs, hourMs } from '../plain/dates.ts';
import { byDaysFen } from './spans.ts';

/** 按错了撤销: a mistake is seen within the day. Later it is a refund, by its rule. */
const undoHours = 24;

type Ending = {
  readonly as: SuperEnd;
  readonly at: number;
  readonly timezone: string;
  /** All of the same member. */
  readonly all: readonly SuperMembership[];
  /** 开通礼: what was given for it. */
  readonly gifts: readonly Pick<Coupon, 'state' | 'lockedUntil' | 'passedAt'>[];
};

export const isStanding = ({ endedAt }: SuperMembership): boolean => endedAt === null;

/** What is paid back, in fen, or why nothing can be. */
export function backFor(row: SuperMembership, { as, at, timezone, all, gifts }: Ending): number | SuperMiss {
  const { soldAt, untilAt, endedAt, paidFen, refund, refundWithinDays } = row;
  if (endedAt !== null) return { reason: 'ENDED', at: endedAt };
  // The days that follow one another come off at the end.
  const later = all.find((one) => isStanding(one) && one.id !== row.id && isAfter(one, row));
  if (later) return { reason: 'NOT_LAST', later: numberIn(later.id) };
  const isUndone = as === 'undone';
  const undoUntil = soldAt + undoHours * hourMs;
  if (isUndone && at >= undoUntil) return { reason: 'UNDO_CLOSED', until: undoUntil };
  if (!isUndone && refund === 'none') return { reason: 'NO_REFUND' };
  if (at >= untilAt) return { reason: 'OVER', at: untilAt };
  if (!isUndone && refund === 'by-days') return byDaysFen(row, at, timezone);
  const refundUntil = soldAt + refundWithinDays * dayMs;
  if (!isUndone && at >= refundUntil)
    return { reason: 'REFUND_CLOSED', days: refundWithinDays, until: refundUntil };
  const coupons = gifts.filter((one) => isTouched(one, at)).length;
  return coupons > 0 ? { reason: 'ALREADY_USED', coupons } : paidFen;
}

const isTouched = (coupon: Ending['gifts'][number], at: number): boolean =>
  coupon.state === 'used' || coupon.passedAt !== null || isLocked(coupon as Coupon, at);

const isAfter = (one: SuperMembership, other: SuperMembership): boolean =>
  one.untilAt > other.untilAt || (one.untilAt === other.untilAt && one.soldAt > other.soldAt);

/** As it was typed. */
export const numberIn = (id: string): string => id.slice(id.indexOf(':') + 1);
