/**
 * 试算: what a sale would earn from each campaign, and what is missing where it earns nothing. It runs the same code that settles
 * a real sale, so that the two cannot disagree. It changes the world: load one for the purpose, and do not write it.
 */
import { StoreId, type CampaignTrigger, type Member, type SaleCompleted } from '../../../schema/index.ts';
import { sumBasket, toBasketLines } from '../sales/basket.ts';
import { indexCampaigns, type CampaignIndex } from './campaign-index.ts';
import { campaignsAt } from './campaigns-at.ts';
import type { CompiledCampaign } from './campaigns.ts';
import { timezoneOf } from '../config.ts';
import { localDate } from '../plain/dates.ts';
import type { Lack } from '../awards/define.ts';
import { choose, type Chosen } from './choose.ts';
import type { Due } from './entitlement.ts';
import { conditionMiss, meet, periodMiss, type Hit, type Miss, type Visit } from './evaluate.ts';
import { noChanges } from '../changes.ts';
import { evolve } from '../evolve.ts';
import { settleMember } from '../members/who/identities.ts';
import { ordersBefore } from '../sales/orders-before.ts';
import { saleLines } from '../sales/sale-lines.ts';
import { saleCause } from '../plain/causes.ts';
import { positionOf } from '../sales/settle.ts';
import type { World } from '../world.ts';

export type Reason =
  | Miss
  /** What it would give is not there. */
  | Lack
  /** Another event than a sale triggers it. */
  | { readonly reason: 'trigger'; readonly trigger: CampaignTrigger }
  /** The sale happened before anybody had promised this. */
  | { readonly reason: 'not-in-force'; readonly from: number }
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
  const evaluatedAt = world.sales.get(event.saleId)?.evaluatedAt ?? world.now;
  const answering = campaignsAt(world, event.type, { occurredAt: event.occurredAt, evaluatedAt });
  const all = asAnswering(world, answering, asked);
  const isAnswering = (campaign: CompiledCampaign): boolean =>
    campaign.status === 'draft' || answering.campaigns.includes(campaign);
  const taking = all.filter(
    (campaign) => campaign.trigger === event.type && isRunning(campaign.status) && isAnswering(campaign),
  );

  const { pointsAsMoney } = world.config.settings;
  const lines = saleLines(event.saleId, event.data, world.products, pointsAsMoney);
  const member = memberAtTill(world, event);
  const position = positionOf({ isHistory: false, pointsPercent: 100 }, lines);
  const basketLines = toBasketLines(position.lines);
  const visit = member && visitOf(world, event, member);
  const facts = visit && { ...visit, basket: sumBasket(basketLines) };
  const hits = visit && position.isKept ? meet(indexCampaigns(taking), basketLines, visit) : [];
  const { dues, misses } = chosen(world, event, visit, hits);

  const missOf = (campaign: CompiledCampaign): Reason | null => {
    const outside = outsideMiss(campaign, event);
    if (outside) return outside;
    if (!facts) return { reason: 'no-member' };
    if (!position.isKept) return { reason: 'empty-basket' };
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

const visitOf = (world: World, { saleId, data, occurredAt }: SaleCompleted, member: Member): Visit => ({
  storeId: data.store.id,
  at: occurredAt,
  timezone: timezoneOf(world.config, StoreId.parse(data.store.id)),
  member,
  ordersBefore: ordersBefore(world.sales.get(saleId), member),
});

const isRunning = (status: CompiledCampaign['status']): boolean => status === 'active' || status === 'draft';

function outsideMiss({ trigger, status }: CompiledCampaign, event: SaleCompleted): Reason | null {
  if (trigger !== event.type) return { reason: 'trigger', trigger };
  return isRunning(status) ? null : { reason: 'status', status };
}

/** Making a member, joining two and adding an identity take at most one step for each identity. */
const stepsMax = 20;

/** The member the sale would belong to. An unknown one is a new member without a level. */
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

function chosen(world: World, event: SaleCompleted, visit: Visit | null, hits: readonly Hit[]): Chosen {
  if (visit === null) return { dues: [], misses: new Map() };
  const { saleId, occurredAt } = event;
  return choose(world, hits, {
    // What this very sale already holds, if it was rung up, does not stand in its own way.
    cause: saleCause(saleId),
    seedOf: saleId,
    memberId: visit.member.id,
    saleId,
    storeId: StoreId.parse(visit.storeId),
    occurredAt,
    on: localDate(visit.at, visit.timezone),
  });
}
