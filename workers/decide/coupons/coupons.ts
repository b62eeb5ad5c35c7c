/** 优惠券: from when and until when a coupon can be used, and what it costs the shop. */
import type { CouponTemplateDefinition } from '../../../schema/index.ts';
import { addDays, atHour, localDate } from '../plain/dates.ts';

export type Window = { readonly validFrom: number; readonly validTo: number };

/**
 * Half-open. "Usable 7 days after claim, then valid 7 days" starts at the local midnight that begins the seventh day
 * after the claim; with 0 days it starts at once and still ends at a midnight.
 */
export function validityWindow(
  validity: CouponTemplateDefinition['validity'],
  claimedAt: number,
  timezone: string,
): Window {
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

/** What budgets count and 最优 compares: the face value, where the coupon has one. */
export function couponCostFen(definition: CouponTemplateDefinition): number {
  switch (definition.kind) {
    case 'cash':
      return definition.valueFen;
    case 'percent':
      return definition.maxOffFen ?? 0;
    case 'gift':
    case 'experience':
    case 'shipping':
    case 'partner':
      return 0;
    default:
      return definition satisfies never;
  }
}
