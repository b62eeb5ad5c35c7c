/**
 * 试算: what a sale would earn from each campaign, and what is missing where it earns nothing. Made of the pieces that settle
 * a real sale, so that the two cannot disagree. The world is used up by it: load one for the purpose, and write nothing.
 */
import { StoreId, type CampaignTrigger, type Member, type SaleCompleted } from '../../../schema/index.ts';
import { sumBasket, toBasketLines } from '../sales/basket.ts';
import { indexCampaigns } from './campaign-index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import { timezoneOf } from '../config.ts';
import { localDate } from '../plain/dates.ts';
import { choose, type Due } from './entitlement.ts';
import { conditionMiss, meet, standingMiss, type Facts, type Hit, type Miss } from './evaluate.ts';
import { noChanges } from '../changes.ts';
import { evolve } from '../evolve.ts';
import { settleMember } from '../members/identities.ts';
import { saleLines } from '../sales/sale-lines.ts';
import { positionOf } from '../sales/settle.ts';
import { seedOf, type World } from '../world.ts';

export type Reason =
  | Miss
  /** Its time comes with another event than a sale. */
  | { readonly reason: 'trigger'; readonly trigger: CampaignTrigger }
  /** Nothing was bought: no piece and no fen. */
  | { readonly reason: 'empty-basket' };

export type Explanation = { readonly campaign: CompiledCampaign } & (
  | { readonly due: Due; readonly miss: null }
  | { readonly due: null; readonly miss: Reason }
);

/**
 * The asked campaign first, then every active one. A draft is asked about to see what it will do, so it takes part as if it
 * were active; one that is paused or has ended gives nothing.
 */
export function explain(world: World, event: SaleCompleted, asked: CompiledCampaign): Explanation[] {
  const active = Object.values(world.config.campaigns).flatMap(({ campaigns }) => campaigns);
  const others = active.filter(({ id }) => id !== asked.id);
  const all = [asked, ...others];
  const taking = all.filter(({ trigger, status }) => trigger === event.type && isRunning(status));

  const lines = saleLines(event.saleId, event.data, world.products);
  const member = memberAtTill(world, event);
  const position = positionOf(lines);
  const facts: Facts = {
    storeId: event.data.store.id,
    level: member?.level ?? null,
    superUntil: member?.superUntil ?? null,
    children: member?.children ?? null,
    at: event.occurredAt,
  };
  const basketLines = toBasketLines(position.lines);
  const takesPart = member !== null && position.isKept;
  const hits = takesPart ? meet(indexCampaigns(taking), basketLines, facts) : [];
  const { dues, misses } = chosen(world, event, member, hits);
  const basket = sumBasket(basketLines);

  return all.map((campaign) => {
    const due = dues.find((one) => one.campaign.id === campaign.id);
    if (due) return { campaign, due, miss: null };
    const miss =
      outsideMiss(campaign, event) ??
      (member === null ? { reason: 'no-member' } : null) ??
      (position.isKept ? null : { reason: 'empty-basket' }) ??
      misses.get(campaign.id) ??
      standingMiss(campaign, facts) ??
      conditionMiss(campaign, basket);
    if (!miss) throw new Error(`campaign ${campaign.id} is neither met nor missed`);
    return { campaign, due: null, miss };
  });
}

const isRunning = (status: CompiledCampaign['status']): boolean => status === 'active' || status === 'draft';

function outsideMiss({ trigger, status }: CompiledCampaign, event: SaleCompleted): Reason | null {
  if (trigger !== event.type) return { reason: 'trigger', trigger };
  return isRunning(status) ? null : { reason: 'status', status };
}

/** Made, joined, given its numbers: a member is settled in one step for each identity at most. */
const stepsMax = 20;

/** Whoever the sale would be given to: a member nobody knows yet is a new one, without a level. */
function memberAtTill(world: World, event: SaleCompleted): Member | null {
  const changes = noChanges();
  for (let step = 0; step < stepsMax; step += 1) {
    const settled = settleMember(world, event, event.data.member);
    if ('member' in settled) return settled.member;
    if (settled.unsettled.verdict !== 'accepted') return null;
    for (const effect of settled.unsettled.effects) evolve(world, changes, effect);
  }
  throw new Error(`the member of sale ${event.saleId} is not settled after ${stepsMax} steps`);
}

function chosen(
  world: World,
  event: SaleCompleted,
  member: Member | null,
  hits: readonly Hit[],
): ReturnType<typeof choose> {
  if (member === null || hits.length === 0) return { dues: [], misses: new Map() };
  return choose(world, hits, {
    memberId: member.id,
    on: localDate(event.occurredAt, timezoneOf(world.config, StoreId.parse(event.data.store.id))),
    seed: seedOf(world, event.saleId),
    // What this very sale already holds, if it was rung up, does not stand in its own way.
    held: world.grants.get(`sale:${event.saleId}`) ?? [],
  });
}
