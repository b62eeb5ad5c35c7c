/** 择优: which of the campaigns that a basket meets give something, with limits, room and exclusivity applied. */
import type { Grant } from '../../../schema/index.ts';
import type { Choosing, Lack } from '../awards/define.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { World } from '../world.ts';
import type { CampaignInput, CompiledCampaign } from './campaigns.ts';
import { possible, type Due, type Possible } from './entitlement.ts';
import { budgetMiss, limitMiss, type Hit, type Miss } from './evaluate.ts';
import { usageOf } from './usage.ts';

export type Chosen = {
  readonly dues: readonly Due[];
  readonly misses: ReadonlyMap<string, Miss | Lack>;
};

export const choosingFor = (world: World, context: GrantContext): Choosing => ({
  world,
  context,
  held: world.grants.get(context.cause) ?? [],
  waiting: new Set(),
  taken: new Map(),
});

/** Limits and room first, then exclusivity: when a tier is used up or out of stock, the next lower one applies. */
export function choose(world: World, hits: readonly Hit[], context: GrantContext): Chosen {
  const misses = new Map<string, Miss | Lack>();
  const dues: Due[] = [];
  if (hits.length === 0) return { dues, misses };
  const choosing = choosingFor(world, context);
  for (const { campaign } of hits) choosing.waiting.add(campaign.id);
  for (const contest of contestsOf(hits, choosing.held)) {
    const there: There[] = [];
    for (const { campaign } of contest.hits) choosing.waiting.delete(campaign.id);
    for (const hit of contest.hits) {
      const one = look(choosing, hit);
      if (one.due === null) misses.set(hit.campaign.id, one.miss);
      else there.push(one);
    }
    const [winner, ...others] = there.length > 1 ? there.toSorted(rankOf(contest.mode)) : there;
    if (!winner) continue;
    dues.push(winner.due);
    for (const [name, count] of winner.takes) {
      choosing.taken.set(name, (choosing.taken.get(name) ?? 0) + count);
    }
    for (const { due } of others) {
      const { id, group } = due.campaign;
      misses.set(id, { reason: 'outranked', by: winner.due.campaign.id, group: group ?? '' });
    }
  }
  return { dues, misses };
}

type There = Extract<Possible, { lack: null }>;
type Looked = There | { readonly due: null; readonly miss: Miss | Lack };

function look(choosing: Choosing, hit: Hit): Looked {
  const { campaign } = hit;
  const prior = choosing.held.find(({ campaignId }) => campaignId === campaign.id);
  const usage = usageOf(choosing, campaign, prior);
  const limit = limitMiss(campaign, usage);
  if (limit) return { due: null, miss: limit };
  const there = possible(choosing, hit, prior);
  if (there.due === null) return { due: null, miss: there.lack };
  const budget = budgetMiss(campaign, usage, there.due.costFen);
  return budget ? { due: null, miss: budget } : there;
}

export const byPriority = (a: CompiledCampaign, b: CompiledCampaign): number =>
  b.priority - a.priority || (a.id < b.id ? -1 : 1);

export const byWorth = (a: Due, b: Due): number =>
  b.worthFen - a.worthFen || byPriority(a.campaign, b.campaign);

const rankOf =
  (mode: CampaignInput['pick']) =>
  (a: There, b: There): number =>
    mode === 'best' ? byWorth(a.due, b.due) : byPriority(a.due.campaign, b.due.campaign);

/** Campaigns of which one gives something: a group, or one that stands for itself. */
type Contest = { readonly hits: readonly Hit[]; readonly mode: CampaignInput['pick'] };

/** One group has one mode; where its campaigns disagree, the one with the highest priority decides. */
export const modeOf = (campaigns: readonly CompiledCampaign[]): CampaignInput['pick'] =>
  campaigns.toSorted(byPriority)[0]?.pick ?? 'best';

/**
 * They may draw on one stock, so they have an order: what the cause holds comes first, because it may set something free, then what
 * has no other tier to fall to, then what the merchant put first.
 */
function contestsOf(hits: readonly Hit[], held: readonly Grant[]): Contest[] {
  const contests: Contest[] = [];
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const { group } = hit.campaign;
    const known = group === null ? undefined : groups.get(group);
    if (known) known.push(hit);
    else if (group !== null) groups.set(group, [hit]);
    else contests.push({ hits: [hit], mode: 'all' });
  }
  for (const members of groups.values()) {
    const mode = modeOf(members.map(({ campaign }) => campaign));
    if (mode === 'all') contests.push(...members.map((hit): Contest => ({ hits: [hit], mode })));
    else contests.push({ hits: members, mode });
  }
  if (contests.length < 2) return contests;
  const placed = contests.map((contest) => ({ contest, place: placeOf(contest, held) }));
  return placed.toSorted((a, b) => byPlace(a.place, b.place)).map(({ contest }) => contest);
}

type Place = { readonly isHeld: boolean; readonly isAlone: boolean; readonly first: CompiledCampaign };

function placeOf({ hits, mode }: Contest, held: readonly Grant[]): Place {
  const campaigns = hits.map(({ campaign }) => campaign);
  const [first] = campaigns.toSorted(byPriority);
  if (!first) throw new Error('a contest without a campaign');
  const isHeld = held.some(
    ({ times, campaignId }) => times > 0 && campaigns.some(({ id }) => id === campaignId),
  );
  return { isHeld, isAlone: mode === 'all', first };
}

const byPlace = (a: Place, b: Place): number =>
  Number(b.isHeld) - Number(a.isHeld) ||
  Number(b.isAlone) - Number(a.isAlone) ||
  byPriority(a.first, b.first);
