/** 营销活动: created, read, and changed by writing the next version. */
import * as z from 'zod';
import { campaigns } from '../../commands/definitions/campaigns.ts';
import { CampaignInput } from '../../decide/campaigns/campaigns.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';
import { TallyAnswer, viewTally } from './tally-view.ts';

export const campaignRoutes = resource({
  definition: campaigns,
  path: '/campaigns',
  tag: 'Campaigns',
  name: 'Campaign',
  answer: z.strictObject({
    id: z.string(),
    version: z.int(),
    ...CampaignInput.shape,
    used: z.int().meta({
      description: 'How many causes hold something of it now; one that was given nothing does not count.',
    }),
    spentFen: z.int().meta({
      description:
        'What it has given away and not got back: packets, and coupons at what they cost the shop.',
    }),
    coupons: TallyAnswer,
    createdAt: At,
    inForceFrom: At.meta({ description: 'When this version came into force.' }),
  }),
  view: ({ version: row, used, spentFen, tally }) => ({
    id: row.id,
    version: row.version,
    ...CampaignInput.parse(row.definition),
    used,
    spentFen,
    coupons: viewTally(tally),
    createdAt: instant(row.createdAt),
    inForceFrom: instant(row.inForceFrom),
  }),
  create: {
    summary: 'Create a campaign',
    description:
      'A draft unless `status` says otherwise; it counts from the moment it is active. What it gives is limited by what there is: where its coupons are out of stock, the next campaign of its group applies. Under a budget, and in a group that picks the best, every coupon has to say what it costs: see `faceCostFen` of coupon templates.',
  },
  list: {
    summary: 'Campaigns, newest first',
    description: 'Of each the version that was written last, drafts and ended ones included.',
  },
  get: {
    summary: 'One campaign, with what it has given so far',
    description: 'The version that was written last; `used` and `spentFen` count over all versions.',
  },
  change: {
    summary: 'Change a campaign',
    description:
      'A JSON merge patch (RFC 7396). Sales are judged by the version that was in force when they were told, so a change writes a new version. A cap cannot fall below what is used.',
    body: z.strictObject(CampaignInput.shape).partial(),
    conflicts: ['limit_below_used', 'taken_back'],
  },
});
