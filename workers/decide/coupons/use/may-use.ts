/** 能不能用: whether a coupon may be used for a receipt, whatever goods are on it, and if not, the one reason why, with its numbers. */
import type {
  Coupon,
  CouponRef,
  CouponTemplateDefinition,
  MemberId,
  StoreId,
} from '../../../../schema/index.ts';
import { couponKindOf } from '../kinds/index.ts';
import { isLocked, isPassing } from '../life.ts';
import type { StackMiss } from './stacking.ts';
import type { OffMiss } from './takes-off.ts';

export type UseMiss =
  | { readonly reason: 'UNKNOWN_CODE' }
  /** It belongs to a partner's till. */
  | { readonly reason: 'WRONG_MERCHANT' }
  | { readonly reason: 'REVOKED'; readonly flag: Coupon['flag'] }
  | { readonly reason: 'ALREADY_USED'; readonly at: number }
  | { readonly reason: 'LOCKED_BY_OTHER'; readonly until: number }
  /** 转赠中: it waits for a friend of its owner's. */
  | { readonly reason: 'ON_ITS_WAY'; readonly until: number }
  /** The receipt is another member's. */
  | { readonly reason: 'NOT_THEIRS' }
  /** The receipt earned it: it is for another. */
  | { readonly reason: 'EARNED_BY_IT' }
  | { readonly reason: 'NOT_YET_VALID'; readonly from: number }
  | { readonly reason: 'EXPIRED'; readonly to: number }
  | { readonly reason: 'WRONG_STORE'; readonly stores: readonly string[] }
  /** 历史单据: told for the record, it uses nothing. */
  | { readonly reason: 'HISTORY' };

/** Of a till's undoing. */
export type UndoMiss =
  /** Its receipt is here: the goods come back, or the receipt is voided. */
  { readonly reason: 'SALE_KEPT' } | { readonly reason: 'TOO_LATE'; readonly at: number };

export type CartMiss =
  /** What it takes off depends on the goods or on the sum, and neither was given. */
  { readonly reason: 'CART_NEEDED' };

export type CouponMiss = UseMiss | OffMiss | StackMiss | UndoMiss | CartMiss;

/** A code as the receipt wrote it. */
export type Declined = { readonly code: string } & CouponMiss;

export type Use = {
  /** What the receipt is known by; the first is the one to keep. */
  readonly refs: readonly CouponRef[];
  readonly storeId: StoreId;
  /** Null where nobody said whose receipt it is: whoever has the code may use it. */
  readonly memberId: MemberId | null;
  /** A partner takes what is a partner's, and nothing else. */
  readonly isPartner?: boolean;
  /** When it was bought. */
  readonly at: number;
  readonly now: number;
};

/** Used for this very receipt before: nothing is left to be done. */
export const isUsedFor = ({ usedFor }: Coupon, refs: readonly CouponRef[]): boolean =>
  usedFor !== null && refs.includes(usedFor);

export function useMiss(
  coupon: Coupon,
  definition: CouponTemplateDefinition | undefined,
  use: Use,
): UseMiss | null {
  const { state, lockedFor, lockedUntil, memberId, endedAt } = coupon;
  if (!definition) return { reason: 'UNKNOWN_CODE' };
  if (couponKindOf(definition).isPartners !== (use.isPartner ?? false)) return { reason: 'WRONG_MERCHANT' };
  if (state === 'revoked') return { reason: 'REVOKED', flag: coupon.flag };
  if (state === 'used') return { reason: 'ALREADY_USED', at: endedAt ?? 0 };
  if (use.memberId !== null && use.memberId !== memberId) return { reason: 'NOT_THEIRS' };
  if (isPassing(coupon, use.now)) return { reason: 'ON_ITS_WAY', until: coupon.passUntil ?? 0 };
  if (
    lockedFor !== null &&
    lockedUntil !== null &&
    isLocked(coupon, use.now) &&
    !use.refs.includes(lockedFor)
  )
    return { reason: 'LOCKED_BY_OTHER', until: lockedUntil };
  if (coupon.saleId !== null && use.refs.includes(`sale:${coupon.saleId}`)) return { reason: 'EARNED_BY_IT' };
  const untimely = timeMiss(coupon, use);
  if (untimely) return untimely;
  if (use.isPartner) return null;
  const stores = worksIn(coupon, definition);
  return stores === null || stores.includes(use.storeId) ? null : { reason: 'WRONG_STORE', stores };
}

/** What is usable at once is usable although the till's clock is somewhat behind ours. */
const clockBehindMaxMs = 10 * 60_000;

/** What a receipt holds was looked at when it was locked: the goods may be paid a minute after midnight. */
function timeMiss(
  { validFrom, validTo, issuedAt, lockedFor, lockedUntil }: Coupon,
  { refs, at }: Use,
): UseMiss | null {
  if (lockedFor !== null && refs.includes(lockedFor) && at < (lockedUntil ?? 0)) return null;
  const from = validFrom === issuedAt ? validFrom - clockBehindMaxMs : validFrom;
  if (at < from) return { reason: 'NOT_YET_VALID', from: validFrom };
  return at >= validTo ? { reason: 'EXPIRED', to: validTo } : null;
}

/** Null works everywhere. What was claimed in no store cannot be held against one. */
export function worksIn(
  { storeId }: Pick<Coupon, 'storeId'>,
  { stores }: Pick<CouponTemplateDefinition, 'stores'>,
): readonly string[] | null {
  if (stores !== 'claiming') return stores;
  return storeId === null ? null : [storeId];
}
