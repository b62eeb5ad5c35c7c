/** 活动名额与预算: how many took part, and what they cost so far. */
import type { CampaignCounter, CampaignId } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly campaignId: CampaignId; readonly times: number; readonly spentFen: number };
export type CampaignSum = Omit<By, 'campaignId'>;

export const campaignCounters = defineCounter<CampaignCounter, By, CampaignSum>()({
  noun: 'campaign',
  keyOf: ({ campaignId }) => campaignId,
  moved: (row, { times, spentFen }) =>
    row && { ...row, used: row.used + times, spentFen: row.spentFen + spentFen },
  sum: (before, { times, spentFen }) => ({
    times: (before?.times ?? 0) + times,
    spentFen: (before?.spentFen ?? 0) + spentFen,
  }),
});
