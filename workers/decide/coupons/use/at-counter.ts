/** 柜台核销: what a coupon is worth for a bill of which the sum alone is known, and if nothing, the one reason why. */
import type { Coupon } from '../../../../schema/index.ts';
import type { Config } from '../../config.ts';
import { useMiss, type CouponMiss, type Use } from './may-use.ts';
import { candidateOf } from './receipt.ts';
import { stackMiss, type Candidate } from './stacking.ts';
import { isMiss, takesOffBill } from './takes-off.ts';

export type Bill = {
  readonly use: Use;
  /** Of the goods that the coupon is for; null where nobody said. */
  readonly payableFen: number | null;
  /** What the bill has used already. */
  readonly standing: readonly Candidate[];
};

export type Offer = Partial<Pick<Candidate, 'definition'>> & {
  readonly coupon: Coupon;
  readonly worth: { readonly offFen: number } | { readonly miss: CouponMiss };
};

export function offerOf(
  config: Pick<Config, 'templates'>,
  coupon: Coupon,
  { use, payableFen, standing }: Bill,
): Offer {
  const [candidate] = candidateOf({ config }, coupon);
  if (!candidate) return { coupon, worth: { miss: { reason: 'UNKNOWN_CODE' } } };
  const { definition } = candidate;
  const miss = useMiss(coupon, definition, use) ?? stackMiss(candidate, standing);
  if (miss) return { coupon, definition, worth: { miss } };
  const off = takesOffBill(definition, payableFen) ?? { reason: 'CART_NEEDED' as const };
  return { coupon, definition, worth: isMiss(off) || 'reason' in off ? { miss: off } : off };
}
