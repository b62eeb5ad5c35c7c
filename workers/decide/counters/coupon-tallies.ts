/** 券的成绩: how many coupons of a template no campaign gave, and how many of them stand revoked or used. */
import type { Coupon, CouponTally, TallyValues } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

export const couponTallies = defineCounter<CouponTally, CouponTally, CouponTally>()({
  noun: 'coupon-tally',
  keyOf: ({ templateId }) => templateId,
  moved: () => undefined,
  sum: (before, by) => ({
    ...by,
    sent: (before?.sent ?? 0) + by.sent,
    revoked: (before?.revoked ?? 0) + by.revoked,
    used: (before?.used ?? 0) + by.used,
  }),
});

/** By what a coupon moves the tallies when it is issued (`before` is null) or takes a step; null where it moves none: a lock costs no row. */
export function tallyOf(before: Coupon | null, after: Coupon) {
  const moved = (state: Coupon['state']): number =>
    Number(after.state === state) - Number(before?.state === state);
  const { templateId, campaignId } = after;
  const values: TallyValues = [before === null ? 1 : 0, moved('revoked'), moved('used')];
  if (values.every((by) => by === 0)) return null;
  if (campaignId !== null)
    return {
      type: 'campaign.count',
      campaignId,
      times: 0,
      spentFen: 0,
      coupons: [[templateId, values] as const],
    } as const;
  const [sent, revoked, used] = values;
  return { type: 'coupon-tally.count', templateId, sent, revoked, used } as const;
}
