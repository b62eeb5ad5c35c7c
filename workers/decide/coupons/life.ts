/** 券的一生: the steps that a coupon may take, and what each leaves of it. That it is locked, or over, follows from its times. */
import type { Coupon, CouponAct, CouponId, CouponRef, MemberId, StoreId } from '../../../schema/index.ts';

export type CouponStep =
  | { readonly act: 'locked'; readonly ref: CouponRef; readonly until: number }
  | { readonly act: 'released' }
  | {
      readonly act: 'used';
      readonly ref: CouponRef;
      readonly offFen: number | null;
      /** The price of the goods in scope. */
      readonly onFen: number | null;
    }
  /** The receipt of a cart that used it has its number now. */
  | { readonly act: 'settled'; readonly ref: CouponRef }
  | { readonly act: 'given-back' }
  | { readonly act: 'revoked'; readonly flag?: NonNullable<Coupon['flag']> }
  /** 退预付款: its price was paid back. */
  | { readonly act: 'refunded' }
  | { readonly act: 'offered'; readonly passId: string; readonly until: number }
  | { readonly act: 'withdrawn' }
  /** The photograph of its code that somebody may have is worth nothing from now on. */
  | { readonly act: 'passed'; readonly to: MemberId; readonly code: CouponId };

/** A step with its cause: who, where and when. */
export type CouponStepped = {
  readonly couponId: CouponId;
  readonly step: CouponStep;
  readonly cause: string;
  readonly at: number;
  readonly storeId?: StoreId | null;
  readonly by?: string | null;
  readonly reason?: string | null;
};

export const standings = ['issued', 'locked', 'passing', 'used', 'revoked', 'expired'] as const;
export type CouponStanding = (typeof standings)[number];

/** How it stands at a moment: nothing has to run at night for a lock to lapse or a coupon to be over. */
export function standingOf(coupon: Coupon, now: number): CouponStanding {
  if (coupon.state !== 'issued') return coupon.state;
  if (coupon.validTo <= now) return 'expired';
  if (isPassing(coupon, now)) return 'passing';
  return isLocked(coupon, now) ? 'locked' : 'issued';
}

/** 转赠中: on its way to whoever opens the link, and nobody's to use. */
export const isPassing = ({ state, passUntil, passedAt }: Coupon, now: number): boolean =>
  state === 'issued' && passedAt === null && passUntil !== null && passUntil > now;

/** 券码. */
export const codeOfCoupon = ({ id, code }: Pick<Coupon, 'id' | 'code'>): CouponId => code ?? id;

/** What a lock is worth: its receipt, as long as it lasts. */
export const isLocked = ({ state, lockedUntil }: Coupon, now: number): boolean =>
  state === 'issued' && lockedUntil !== null && lockedUntil > now;

/** From which states each step leads on. Whoever decides has looked before: anything else is a bug. */
const from: Readonly<Record<CouponAct, Coupon['state']>> = {
  locked: 'issued',
  released: 'issued',
  used: 'issued',
  settled: 'used',
  'given-back': 'used',
  revoked: 'issued',
  refunded: 'issued',
  offered: 'issued',
  withdrawn: 'issued',
  passed: 'issued',
};

const free = { lockedFor: null, lockedUntil: null } as const;
const notPassing = { passId: null, passUntil: null } as const;
const unused = { usedFor: null, offFen: null, onFen: null } as const;

export function stepped(coupon: Coupon, { step, at }: Pick<CouponStepped, 'step' | 'at'>): Coupon {
  if (coupon.state !== from[step.act])
    throw new Error(`coupon ${coupon.id} is ${coupon.state} and cannot be ${step.act}`);
  switch (step.act) {
    case 'locked':
      return { ...coupon, lockedFor: step.ref, lockedUntil: step.until };
    case 'released':
      return { ...coupon, ...free };
    case 'used':
      return {
        ...coupon,
        ...free,
        state: 'used',
        usedFor: step.ref,
        offFen: step.offFen,
        onFen: step.onFen,
        endedAt: at,
      };
    case 'settled':
      return { ...coupon, usedFor: step.ref };
    case 'given-back':
      // What the sale that earned it took back already does not come to life again.
      return coupon.flag === null
        ? { ...coupon, ...unused, state: 'issued', endedAt: null }
        : { ...coupon, ...unused, state: 'revoked', endedAt: at };
    case 'revoked':
      return { ...coupon, ...free, state: 'revoked', endedAt: at, flag: step.flag ?? coupon.flag };
    case 'refunded':
      return { ...coupon, ...free, state: 'revoked', endedAt: at, flag: 'paid-back' };
    case 'offered':
      return { ...coupon, ...free, passId: step.passId, passUntil: step.until };
    case 'withdrawn':
      return { ...coupon, ...notPassing };
    case 'passed':
      return {
        ...coupon,
        ...free,
        memberId: step.to,
        code: step.code,
        passUntil: null,
        passedBy: coupon.memberId,
        passedAt: at,
      };
    default:
      return step satisfies never;
  }
}
