/** The campaigns in force at an instant: a return is judged by the promises of the day of the sale. */
import type { CampaignTrigger } from '../../../schema/index.ts';
import { indexCampaigns, type CampaignIndex } from './campaign-index.ts';
import type { World } from '../world.ts';

export function campaignsAt(world: World, trigger: CampaignTrigger, at: number): CampaignIndex {
  const current = world.config.campaigns[trigger];
  const isUnchanged =
    world.pastCampaigns.length === 0 && current.campaigns.every(({ inForceFrom }) => inForceFrom <= at);
  if (isUnchanged) return current;
  const versions = [...current.campaigns, ...world.pastCampaigns];
  return indexCampaigns(
    versions.filter(
      (campaign) =>
        campaign.trigger === trigger &&
        campaign.status === 'active' &&
        campaign.inForceFrom <= at &&
        at < campaign.inForceTo,
    ),
  );
}
