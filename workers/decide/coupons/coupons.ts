/** 优惠券: from when and until when a coupon can be used, what it costs the shop and what it is worth to the member. */
import type { CouponTemplateDefinition } from '../../../schema/index.ts';
import { addDays, atHour, localDate } from '../plain/dates.ts';
import { couponKindOf } from './kinds/index.ts';

export type Window = { readonly validFrom: number; readonly validTo: number };

/**
 * Half-open. "Usable 7 days after claim, then valid 7 days" starts at the local midnight that begins the seventh day
 * after the claim; with 0 days it starts at once and still ends at a midnight.
 */
export function validityWindow(
  validity: CouponTemplateDefinition['validity'],
  claimedAt: number,
  timezone: string,
  /** Of whoever gets it. */
  superUntil: number | null = null,
): Window {
  // For somebody who is none it is over before it begins: `roomFor` says why.
  if ('superMember' in validity) return { validFrom: claimedAt, validTo: superUntil ?? claimedAt };
  if ('fixed' in validity) {
    return { validFrom: Date.parse(validity.fixed.from), validTo: Date.parse(validity.fixed.to) };
  }
  const { afterDays, forDays } = validity.relative;
  const claimedOn = localDate(claimedAt, timezone);
  return {
    validFrom: afterDays === 0 ? claimedAt : atHour(addDays(claimedOn, afterDays), 0, timezone),
    validTo: atHour(addDays(claimedOn, afterDays + forDays), 0, timezone),
  };
}

/** 成本: what budgets count. Null where nobody has said it: such a coupon stands under no budget and in no group that picks the best. */
export const couponCostFen = (definition: CouponTemplateDefinition): number | null =>
  definition.faceCostFen ?? couponKindOf(definition).faceFen(definition);

/** 面值: what 最优 compares, because it is what the member sees. */
export const couponWorthFen = (definition: CouponTemplateDefinition): number | null =>
  couponKindOf(definition).faceFen(definition) ?? definition.faceCostFen;
