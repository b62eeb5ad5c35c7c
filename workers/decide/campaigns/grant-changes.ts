/** For each campaign: what one cause holds, and what is due. */
import type { Grant } from '../../../schema/index.ts';
import type { Due } from './entitlement.ts';

export type Change = {
  readonly campaignId: Grant['campaignId'];
  /** The stored grant, if there is one. */
  readonly prior: Grant | undefined;
  readonly due: Due | undefined;
};

export function changesOf(held: readonly Grant[], dues: readonly Due[]): Change[] {
  const changes: Change[] = dues.map((due) => ({
    campaignId: due.campaign.id,
    prior: held.find(({ campaignId }) => campaignId === due.campaign.id),
    due,
  }));
  for (const prior of held) {
    const isDue = dues.some(({ campaign }) => campaign.id === prior.campaignId);
    if (!isDue && prior.times > 0) changes.push({ campaignId: prior.campaignId, prior, due: undefined });
  }
  return changes;
}
