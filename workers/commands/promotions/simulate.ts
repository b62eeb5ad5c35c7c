/** 试算: why each campaign would give something for a made-up sale, or not. Nothing is written. */
import { EventId, type CampaignId, type SaleCompleted, type SaleId } from '../../../schema/index.ts';
import { readCampaign } from '../../db/shop/campaigns.ts';
import { load } from '../../db/world/load.ts';
import { compileCampaign } from '../../decide/campaigns/campaigns.ts';
import { explain, type Explanation } from '../../decide/campaigns/explain.ts';
import { needsOf } from '../../decide/decide.ts';
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
  const [asked, ...others] = explain(world, event, compileCampaign(campaign.version));
  if (!asked) throw new Error(`campaign ${campaignId} was not explained`);
  return { asked, others };
}

async function worldOf(engine: Engine, event: SaleCompleted, now: number): Promise<World> {
  const needs = needsOf([event]);
  const decoy = `simulation/${event.saleId}`;
  const drawn = await engine.seeds(new Set([decoy]));
  const seed = drawn.get(decoy);
  const loaded = await load(engine.db, {
    eventIds: [],
    seqs: [],
    needs,
    isDeep: true,
    config: await engine.config.get(),
    seeds: new Map(seed && [[event.saleId, seed]]),
    now,
  });
  if (loaded.world.config.version >= loaded.configVersion) return loaded.world;
  return { ...loaded.world, config: await engine.config.atLeast(loaded.configVersion) };
}
