/** Finds the campaigns that a basket could meet without testing each one: by what they watch, store by store. */
import type { CompiledCampaign } from './campaigns.ts';
import type { Basket } from '../sales/basket.ts';
import type { Watch } from '../predicates/define.ts';

type Watched = {
  readonly campaign: CompiledCampaign;
  readonly atLeast: number;
  /** Among the campaigns of its store. */
  readonly place: number;
  /** True when the campaign is indexed under several keys and may be found more than once. */
  readonly isShared: boolean;
};

type StoreIndex = {
  readonly amountFen: ReadonlyMap<string, readonly Watched[]>;
  readonly quantityMilli: ReadonlyMap<string, readonly Watched[]>;
  /** Campaigns none of whose conditions watches the basket. */
  readonly always: readonly CompiledCampaign[];
  readonly size: number;
};

export type CampaignIndex = {
  readonly campaigns: readonly CompiledCampaign[];
  readonly byId: ReadonlyMap<string, CompiledCampaign>;
  readonly forStore: (storeId: string) => StoreIndex;
};

export function indexCampaigns(campaigns: readonly CompiledCampaign[]): CampaignIndex {
  const stores = new Map<string, StoreIndex>();
  return {
    campaigns,
    byId: new Map(campaigns.map((campaign) => [campaign.id, campaign])),
    forStore: (storeId) => {
      let index = stores.get(storeId);
      if (!index) {
        index = indexStore(campaigns.filter((campaign) => mayHoldAt(campaign, storeId)));
        stores.set(storeId, index);
      }
      return index;
    },
  };
}

const mayHoldAt = ({ conditions }: CompiledCampaign, storeId: string): boolean =>
  conditions.every((condition) => condition.mayHoldAt(storeId));

/** The condition that rules a campaign out soonest: the fewest keys, then the highest threshold. */
function keenest(campaign: CompiledCampaign): Watch | null {
  let best: Watch | null = null;
  for (const { watch } of campaign.conditions) {
    if (watch === null) continue;
    const isKeener =
      best === null ||
      watch.keys.length < best.keys.length ||
      (watch.keys.length === best.keys.length &&
        watch.measure === best.measure &&
        watch.atLeast > best.atLeast);
    if (isKeener) best = watch;
  }
  return best;
}

function indexStore(campaigns: readonly CompiledCampaign[]): StoreIndex {
  const amountFen = new Map<string, Watched[]>();
  const quantityMilli = new Map<string, Watched[]>();
  const always: CompiledCampaign[] = [];
  campaigns.forEach((campaign, place) => {
    const watch = keenest(campaign);
    if (watch === null) {
      always.push(campaign);
      return;
    }
    const lists = watch.measure === 'amount' ? amountFen : quantityMilli;
    for (const key of watch.keys) {
      const list = lists.get(key);
      const watched = { campaign, atLeast: watch.atLeast, place, isShared: watch.keys.length > 1 };
      if (list) list.push(watched);
      else lists.set(key, [watched]);
    }
  });
  for (const lists of [amountFen, quantityMilli]) {
    for (const list of lists.values()) list.sort((a, b) => a.atLeast - b.atLeast || a.place - b.place);
  }
  return { amountFen, quantityMilli, always, size: campaigns.length };
}

/**
 * Every campaign the basket might meet, each once. `reach` is the basket without its negative lines: exclusions can only
 * lower its sums, so nothing that could be met is passed over.
 */
export function candidates(index: StoreIndex, reach: Basket): CompiledCampaign[] {
  const found = [...index.always];
  // A byte for each: a set of them took as long as all their tests.
  const seen = new Uint8Array(index.size);
  const collect = (sums: ReadonlyMap<string, number>, lists: StoreIndex['amountFen']): void => {
    if (lists.size === 0) return;
    for (const [key, sum] of sums) {
      const list = lists.get(key);
      if (!list) continue;
      for (const { campaign, atLeast, place, isShared } of list) {
        if (atLeast > sum) break;
        if (isShared) {
          if (seen[place] === 1) continue;
          seen[place] = 1;
        }
        found.push(campaign);
      }
    }
  };
  collect(reach.amountFen, index.amountFen);
  collect(reach.quantityMilli, index.quantityMilli);
  return found;
}
