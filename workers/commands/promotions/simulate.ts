/** 试算: why each campaign would give something for a made-up sale, or for anything else that happens to a member. Nothing is written. */
import {
  EventId,
  type CampaignId,
  type MemberId,
  type SaleCompleted,
  type SaleId,
  type TriggerMet,
} from '../../../schema/index.ts';
import { readCampaign } from '../../db/shop/campaigns.ts';
import { load } from '../../db/world/load.ts';
import { compileCampaign, type CompiledCampaign } from '../../decide/campaigns/campaigns.ts';
import { explain, type Explanation, type Tried } from '../../decide/campaigns/explain.ts';
import { needsOf } from '../../decide/decide.ts';
import { seedCause } from '../../decide/plain/causes.ts';
import { triedOf, triedSale } from '../../decide/occasions/tried.ts';
import type { World } from '../../decide/world.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import { unknownCampaign } from '../definitions/campaigns.ts';
import { namespaceOf } from '../sources/namespace.ts';

export type ImaginedSale = {
  readonly campaignId: CampaignId;
  /** The source whose namespace it uses; by default the one registered first. */
  readonly source: string | undefined;
  readonly occurredAt: number;
  readonly data: SaleCompleted['data'];
};

export type Simulated = {
  readonly asked: Explanation;
  /** The result of every other active campaign. */
  readonly others: readonly Explanation[];
};

export async function simulateSale(
  engine: Engine,
  { campaignId, source, occurredAt, data }: ImaginedSale,
  now: number,
): Promise<Simulated | Problem> {
  const campaign = await readCampaign(engine.db, campaignId);
  if (!campaign) return unknownCampaign;
  const named = await namespaceOf(engine.db, source);
  if ('code' in named) return named;
  const { namespace } = named;
  const event: SaleCompleted = {
    type: 'sale.completed',
    id: EventId.parse('simulation'),
    namespace,
    occurredAt,
    // Made as for the webhook, from a checked order number.
    saleId: `${namespace}:${data.orderNo}` as SaleId,
    data,
  };
  const world = await worldOf(engine, event, now);
  return explained(world, triedSale(world, event), compileCampaign(campaign.version));
}

const unknownMember: Problem = {
  status: 404,
  code: 'unknown_member',
  detail: 'no member has this id',
  field: 'happening.memberId',
};

/** Of what the campaign starts with. */
export type Imagined = {
  readonly campaignId: CampaignId;
  /** Null: somebody who becomes a member with it. */
  readonly memberId: MemberId | null;
  readonly storeId: string | null;
  readonly occurredAt: number;
  readonly facts: TriggerMet['facts'];
};

export async function simulateTrigger(
  engine: Engine,
  { campaignId, memberId, storeId, occurredAt, facts }: Imagined,
  now: number,
): Promise<Simulated | Problem> {
  const campaign = await readCampaign(engine.db, campaignId);
  if (!campaign) return unknownCampaign;
  const compiled = compileCampaign(campaign.version);
  const id = EventId.parse('simulation');
  const event: TriggerMet = {
    type: 'trigger.met',
    id,
    namespace: '',
    occurredAt,
    trigger: compiled.trigger,
    // One that nobody has: then a new member is made for the purpose.
    memberId: memberId ?? ('' as MemberId),
    storeId,
    occurrence: '',
    facts,
    seedOf: id,
  };
  const world = await worldOf(engine, event, now);
  if (memberId !== null && !world.members.has(memberId)) return unknownMember;
  return explained(world, triedOf(world, event), compiled);
}

function explained(world: World, tried: Tried, campaign: CompiledCampaign): Simulated {
  const [asked, ...others] = explain(world, tried, campaign);
  if (!asked) throw new Error(`campaign ${campaign.id} was not explained`);
  return { asked, others };
}

async function worldOf(engine: Engine, event: SaleCompleted | TriggerMet, now: number): Promise<World> {
  const needs = needsOf([event]);
  const cause = seedCause(event);
  const decoy = `simulation/${cause}`;
  const drawn = await engine.seeds(new Set([decoy]));
  const seed = drawn.get(decoy);
  const loaded = await load(engine.db, {
    eventIds: [],
    seqs: [],
    needs,
    isDeep: true,
    config: await engine.config.get(),
    seeds: new Map(seed && [[cause, seed]]),
    now,
  });
  if (loaded.world.config.version >= loaded.configVersion) return loaded.world;
  return { ...loaded.world, config: await engine.config.atLeast(loaded.configVersion) };
}
