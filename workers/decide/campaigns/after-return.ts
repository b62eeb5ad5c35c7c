/** 退货后: which campaigns may stand when part of a sale came back: a return gives nothing new. */
import type { Grant } from '../../../schema/index.ts';
import type { Choosing } from '../awards/define.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { World } from '../world.ts';
import type { CampaignIndex } from './campaign-index.ts';
import { byPriority, byWorth, choosingFor, modeOf } from './choose.ts';
import { possible, promised } from './entitlement.ts';
import type { Hit } from './evaluate.ts';

/**
 * Those that the sale holds, and lower tiers of their groups. A slot or a coupon that is free since, or a level that was reached
 * since, earns nothing.
 */
export function afterReturn(
  world: World,
  hits: readonly Hit[],
  context: GrantContext,
  { byId }: CampaignIndex,
): Hit[] {
  const choosing = choosingFor(world, context);
  const held = choosing.held.filter(({ times }) => times > 0);
  const isBelow = (hit: Hit, grant: Grant): boolean => {
    const campaign = byId.get(grant.campaignId);
    const isTier = hit.campaign.group !== null && campaign?.group === hit.campaign.group;
    return isTier && ranksBelow(choosing, hit, { campaign, times: grant.times }, grant);
  };
  return hits.filter((hit) =>
    held.some((grant) => grant.campaignId === hit.campaign.id || isBelow(hit, grant)),
  );
}

/** Compares all that the tier promises with what was in fact given. */
function ranksBelow(choosing: Choosing, tier: Hit, given: Hit, grant: Grant): boolean {
  switch (modeOf([tier.campaign, given.campaign])) {
    case 'all':
      return false;
    case 'first':
      return byPriority(tier.campaign, given.campaign) > 0;
    case 'best': {
      const { due } = possible(choosing, given, grant);
      return due !== null && byWorth(promised(choosing, tier), due) > 0;
    }
  }
}
