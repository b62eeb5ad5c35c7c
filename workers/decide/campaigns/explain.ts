/**
 * 试算: what a sale, or anything else that happens to a member, would earn from each campaign, and what is missing where it earns
 * nothing. It runs the same code that decides the real one, so that the two cannot disagree.
 */
import type { BasketLine } from '../sales/basket.ts';
import { indexCampaigns, type CampaignIndex } from './campaign-index.ts';
import { campaignsAt } from './campaigns-at.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { CampaignTrigger } from '../triggers/index.ts';
import type { Lack } from '../awards/define.ts';
import { choose, type Chosen } from './choose.ts';
import type { Due } from './entitlement.ts';
import { conditionMiss, factsOf, meet, periodMiss, type Hit, type Miss, type Visit } from './evaluate.ts';
import type { World } from '../world.ts';

export type Reason =
  | Miss
  /** What it would give is not there. */
  | Lack
  /** Something else starts it. */
  | { readonly reason: 'trigger'; readonly trigger: CampaignTrigger }
  /** It happened before anybody had promised this. */
  | { readonly reason: 'not-in-force'; readonly from: number }
  /** Nothing was bought: no piece and no fen. */
  | { readonly reason: 'empty-basket' };

export type Explanation = { readonly campaign: CompiledCampaign } & (
  | { readonly due: Due; readonly miss: null }
  | { readonly due: null; readonly miss: Reason }
);

/** What is tried, as deciding it would look at it. */
export type Tried = {
  readonly trigger: CampaignTrigger;
  readonly occurredAt: number;
  readonly evaluatedAt: number;
  readonly lines: readonly BasketLine[];
  /** Null where it is nobody's. */
  readonly who: { readonly visit: Visit; readonly context: GrantContext } | null;
  /** Why nothing is given, whatever a campaign says. */
  readonly bar: 'empty-basket' | 'given-before' | null;
};

/**
 * The asked campaign first, then every active one. A draft is asked about to see what it will do, so it takes part as if it
 * were active; one that is paused or has ended gives nothing.
 */
export function explain(world: World, tried: Tried, asked: CompiledCampaign): Explanation[] {
  const { trigger, lines, who, bar } = tried;
  const answering = campaignsAt(world, trigger, tried);
  const all = asAnswering(world, answering, asked);
  const isAnswering = (campaign: CompiledCampaign): boolean =>
    campaign.status === 'draft' || answering.campaigns.includes(campaign);
  const taking = all.filter(
    (campaign) => campaign.trigger === trigger && isRunning(campaign.status) && isAnswering(campaign),
  );

  const facts = who && factsOf(who.visit, lines);
  const hits: Hit[] = who && bar === null ? meet(indexCampaigns(taking), lines, who.visit) : [];
  const { dues, misses }: Chosen = who ? choose(world, hits, who.context) : { dues: [], misses: new Map() };

  const missOf = (campaign: CompiledCampaign): Reason | null => {
    const outside = outsideMiss(campaign, trigger);
    if (outside) return outside;
    if (!facts) return { reason: 'no-member' };
    if (bar !== null) return { reason: bar };
    if (!isAnswering(campaign)) return { reason: 'not-in-force', from: campaign.inForceFrom };
    return misses.get(campaign.id) ?? periodMiss(campaign, facts.at) ?? conditionMiss(campaign, facts);
  };
  return all.map((campaign) => {
    const due = dues.find((one) => one.campaign.id === campaign.id);
    if (due) return { campaign, due, miss: null };
    const miss = missOf(campaign);
    if (!miss) throw new Error(`campaign ${campaign.id} is neither met nor missed`);
    return { campaign, due: null, miss };
  });
}

/**
 * The asked campaign, then every other that is active now or answers for the sale: each by the version that answers for it. A
 * draft is asked about to see what it will do.
 */
function asAnswering(
  world: World,
  { campaigns: answering, byId }: CampaignIndex,
  asked: CompiledCampaign,
): CompiledCampaign[] {
  const active = Object.values(world.config.campaigns).flatMap(({ campaigns }) => campaigns);
  const then = ({ id }: CompiledCampaign): CompiledCampaign | undefined => byId.get(id);
  const others = new Map([...active, ...answering].map((campaign) => [campaign.id, campaign]));
  others.delete(asked.id);
  const isActive = asked.status === 'active';
  return [isActive ? (then(asked) ?? asked) : asked, ...[...others.values()].map((one) => then(one) ?? one)];
}

const isRunning = (status: CompiledCampaign['status']): boolean => status === 'active' || status === 'draft';

function outsideMiss({ trigger, status }: CompiledCampaign, tried: CampaignTrigger): Reason | null {
  if (trigger !== tried) return { reason: 'trigger', trigger };
  return isRunning(status) ? null : { reason: 'status', status };
}
