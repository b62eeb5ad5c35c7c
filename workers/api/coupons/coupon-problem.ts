/** 券的拒绝 as the API says it: the reason in small letters, what to do in words for whoever stands at the till, and its numbers. */
import type { CouponMiss } from '../../decide/coupons/use/may-use.ts';
import type { Problem } from '../../platform/problem.ts';
import { refusalsFor } from '../call/refusals.ts';
import { couponMissWords } from '../../words/misses/coupon-misses.ts';

/** How it answers: it does not exist; something else holds it; it does not fit this receipt. */
const statuses: Readonly<Record<CouponMiss['reason'], 404 | 409 | 422>> = {
  UNKNOWN_CODE: 404,
  REVOKED: 409,
  ALREADY_USED: 409,
  LOCKED_BY_OTHER: 409,
  ON_ITS_WAY: 409,
  DOES_NOT_STACK: 409,
  PER_SALE_LIMIT: 409,
  SALE_KEPT: 409,
  TOO_LATE: 409,
  WRONG_MERCHANT: 422,
  NOT_THEIRS: 422,
  EARNED_BY_IT: 422,
  NOT_YET_VALID: 422,
  EXPIRED: 422,
  WRONG_STORE: 422,
  HISTORY: 422,
  EXCLUDED_ITEM: 422,
  BELOW_MIN: 422,
  NOTHING_LEFT: 422,
  CART_NEEDED: 422,
};

const fields: Partial<Record<CouponMiss['reason'], string>> = { WRONG_STORE: 'store', CART_NEEDED: 'lines' };

export const couponReasons = Object.keys(statuses) as CouponMiss['reason'][];

/** What stands in the way of a coupon at a till, whatever it is to be used for. */
export const unusable = [
  'UNKNOWN_CODE',
  'WRONG_MERCHANT',
  'REVOKED',
  'ALREADY_USED',
  'ON_ITS_WAY',
  'LOCKED_BY_OTHER',
  'EARNED_BY_IT',
  'NOT_YET_VALID',
  'EXPIRED',
  'WRONG_STORE',
] as const satisfies readonly CouponMiss['reason'][];

export const couponRefusals = refusalsFor(statuses, { 503: ['not_decided'] });

/** What a miss says besides its reason: amounts in fen, moments in milliseconds. */
export function couponProblem(miss: CouponMiss): Problem {
  const numbers = Object.fromEntries(
    Object.entries(miss).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    status: statuses[miss.reason],
    code: miss.reason.toLowerCase(),
    detail: couponMissWords(miss),
    field: fields[miss.reason] ?? 'code',
    ...(Object.keys(numbers).length > 0 && { numbers }),
  };
}

export const notDecided: Problem = {
  status: 503,
  code: 'not_decided',
  detail: 'it could not be settled; send it again, it is done once',
  retryAfterSeconds: 1,
};
