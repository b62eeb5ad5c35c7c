/** 试算: a sale that nobody rang up, and why each campaign would give something for it or not. Writes nothing. */
import * as z from 'zod';
import { CampaignId, EventId, Instant, type SaleCompleted, type SaleId } from '../../../schema/index.ts';
import { readCampaign } from '../../db/shop/campaigns.ts';
import { load } from '../../db/world/load.ts';
import { compileCampaign } from '../../decide/campaigns/campaigns.ts';
import { explain } from '../../decide/campaigns/explain.ts';
import { needsOf } from '../../decide/decide.ts';
import type { World } from '../../decide/world.ts';
import type { Engine } from '../../engine/engine.ts';
import { unknownCampaign } from './campaign-view.ts';
import { SaleData } from '../call/canonical.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { Verdict, viewExplanation } from './explanation-view.ts';
import { namespaceOf, SourceName } from '../sources/source-named.ts';

const Body = namedBody(
  'Simulation',
  z.strictObject({
    sale: SaleData.meta({ description: '`data` of a sale.completed event.' }),
    occurredAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    source: SourceName,
  }),
);

/** The sale alone, or a whole event, says the same. */
const Accepted = z.preprocess((given) => {
  if (typeof given !== 'object' || given === null || 'sale' in given) return given;
  const occurredAt: unknown = Reflect.get(given, 'occurredAt');
  const sale: unknown = 'data' in given ? given.data : given;
  return { sale, ...(occurredAt !== undefined && { occurredAt }) };
}, Body);

export const simulate = route({
  method: 'POST',
  path: '/campaigns/{id}/simulate',
  tag: 'Campaigns',
  summary: 'Try a sale on a campaign',
  description:
    'Answers hit or miss with the reason and its numbers, for this campaign and, under `others`, for every active one; writes nothing. A draft takes part as if it were active. A member nobody knows is tried as a new one, without a level. Random amounts are drawn afresh, so that nobody learns what a real sale will draw.',
  scope: 'admin',
  statuses: [200],
  refusals: { 404: ['unknown_campaign'] },
  params: z.strictObject({ id: CampaignId }),
  body: Accepted,
  documentedBody: Body,
  takesKey: false,
  answer: namedAnswer('SimulationResult', Verdict.extend({ others: z.array(Verdict) })),
  handle: async ({ deps, now, params: { id }, body }) => {
    const campaign = await readCampaign(deps.db, id);
    if (!campaign) return unknownCampaign;
    const named = await namespaceOf(deps.db, body.source);
    if ('code' in named) return named;
    const { namespace } = named;
    const event: SaleCompleted = {
      type: 'sale.completed',
      id: EventId.parse('simulation'),
      namespace,
      occurredAt: body.occurredAt === undefined ? now : Date.parse(body.occurredAt),
      // Made as the webhook makes it, of a number that was checked.
      saleId: `${namespace}:${body.sale.orderNo}` as SaleId,
      data: body.sale,
    };
    const world = await worldOf(deps.engine, event, now);
    const [asked, ...others] = explain(world, event, compileCampaign(campaign.version)).map(viewExplanation);
    if (!asked) throw new Error(`campaign ${id} was not explained`);
    return ok({ ...asked, others });
  },
});

async function worldOf(engine: Engine, event: SaleCompleted, now: number): Promise<World> {
  const needs = needsOf([event]);
  const decoy = `simulation/${event.saleId}`;
  const drawn = await engine.seeds(new Set([decoy]));
  const seed = drawn.get(decoy);
  const loaded = await load(engine.db, {
    eventIds: [],
    needs,
    isDeep: true,
    config: await engine.config.get(),
    seeds: new Map(seed && [[event.saleId, seed]]),
    now,
  });
  if (loaded.world.config.version >= loaded.configVersion) return loaded.world;
  return { ...loaded.world, config: await engine.config.atLeast(loaded.configVersion) };
}
