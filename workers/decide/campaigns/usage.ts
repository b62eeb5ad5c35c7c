/** 已用: how much of a campaign's limits is used, without what this same cause already holds. */
import type { Grant } from '../../../schema/index.ts';
import { isNothing, type Choosing, type Settling } from '../awards/define.ts';
import { awardOf } from '../awards/index.ts';
import { usedOn } from '../members/day-counts.ts';
import { pairKey } from '../world.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { Usage } from './evaluate.ts';

const unused: Usage = { total: { used: 0, spentFen: 0 }, member: { used: 0, usedThatDay: 0 } };

/** Most campaigns have no limit, and then nothing is looked up. */
const isLimited = ({ limits }: CompiledCampaign): boolean =>
  limits.total !== null ||
  limits.perMember !== null ||
  limits.perMemberPerDay !== null ||
  limits.budgetFen !== null;

export function usageOf(choosing: Choosing, campaign: CompiledCampaign, own: Grant | undefined): Usage {
  if (!isLimited(campaign)) return unused;
  const { world, context } = choosing;
  const { memberId, on } = context;
  const held = own && holdsPlace(choosing, own) ? 1 : 0;
  const total = world.campaignCounters.get(campaign.id);
  const member = world.memberCounters.get(pairKey(memberId, campaign.id));
  const heldThatDay = own?.grantedOn === on ? held : 0;
  const usedThatDay = member ? usedOn(member, on) : 0;
  return {
    total: {
      used: (total?.used ?? 0) - held,
      spentFen: (total?.spentFen ?? 0) - (own?.costFen ?? 0),
    },
    member: {
      used: (member?.used ?? 0) - held,
      // What passed the limit when the day was known is not taken away because it is forgotten.
      usedThatDay: usedThatDay === null ? (heldThatDay === 1 ? 0 : null) : usedThatDay - heldThatDay,
    },
  };
}

/** A grant that was taken back keeps its place as long as the member has any of it. */
export const holdsPlace = (at: Pick<Settling, 'world' | 'context'>, { times, awards }: Grant): boolean =>
  times > 0 || Object.entries(awards).some(([kind, held]) => !isNothing(awardOf(kind).standing(at, held)));
