/** 活动名额与预算: how many took part, what they cost so far, and what became of the coupons that it gave. */
import type { CampaignCounter, CampaignId, TallyValues, TemplateId } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = {
  readonly campaignId: CampaignId;
  readonly times: number;
  readonly spentFen: number;
  readonly coupons?: readonly (readonly [TemplateId, TallyValues])[];
};
export type CampaignSum = {
  readonly times: number;
  readonly spentFen: number;
  /** Empty where no coupon of it moved. */
  readonly coupons: ReadonlyMap<TemplateId, TallyValues>;
};

export const campaignCounters = defineCounter<CampaignCounter, By, CampaignSum>()({
  noun: 'campaign',
  keyOf: ({ campaignId }) => campaignId,
  // Of its coupons no decision asks.
  moved: (row, { times, spentFen }) =>
    row && { ...row, used: row.used + times, spentFen: row.spentFen + spentFen },
  sum: (before, { times, spentFen, coupons = [] }) => ({
    times: (before?.times ?? 0) + times,
    spentFen: (before?.spentFen ?? 0) + spentFen,
    coupons: coupons.reduce(added, before?.coupons ?? new Map<TemplateId, TallyValues>()),
  }),
});

function added(
  before: CampaignSum['coupons'],
  [templateId, [sent, revoked, used]]: readonly [TemplateId, TallyValues],
): CampaignSum['coupons'] {
  const [hadSent, hadRevoked, hadUsed] = before.get(templateId) ?? [0, 0, 0];
  return new Map(before).set(templateId, [hadSent + sent, hadRevoked + revoked, hadUsed + used]);
}
