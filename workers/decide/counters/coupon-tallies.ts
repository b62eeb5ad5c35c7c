/** 券的成绩: how many coupons of a template a campaign has sent, and how many of them stand revoked or used. */
import type { CampaignId, Coupon, CouponTally, TemplateId } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineCounter } from './define.ts';

type Tally = Pick<CouponTally, 'sent' | 'revoked' | 'used'>;
type By = Tally & { readonly templateId: TemplateId; readonly campaignId: CampaignId | '' };

export const couponTallies = defineCounter<CouponTally, By, By>()({
  noun: 'coupon-tally',
  keyOf: ({ templateId, campaignId }) => pairKey(templateId, campaignId),
  moved: () => undefined,
  sum: (before, by) => ({
    ...by,
    sent: (before?.sent ?? 0) + by.sent,
    revoked: (before?.revoked ?? 0) + by.revoked,
    used: (before?.used ?? 0) + by.used,
  }),
});

/** By what a coupon moves the tallies when it is issued (`before` is null) or takes a step. */
export function tallyOf(before: Coupon | null, after: Coupon) {
  const moved = (state: Coupon['state']): number =>
    Number(after.state === state) - Number(before?.state === state);
  return {
    type: 'coupon-tally.count',
    templateId: after.templateId,
    campaignId: after.campaignId ?? '',
    sent: before === null ? 1 : 0,
    revoked: moved('revoked'),
    used: moved('used'),
  } as const;
}
