/** 试算: why each campaign would give something for a made-up sale, or not. Nothing is written. */
import * as z from 'zod';
import { CampaignId, Instant } from '../../../schema/index.ts';
import { SaleData, told } from '../../commands/canonical.ts';
import { simulateSale } from '../../commands/promotions/simulate.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { SourceName } from '../sources/source-named.ts';
import { Verdict, viewExplanation } from './explanation-view.ts';

const Body = namedBody(
  'Simulation',
  z.strictObject({
    sale: SaleData.meta({ description: '`data` of a sale.completed event.' }),
    occurredAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    source: SourceName,
  }),
);

/** Takes the sale alone or the whole event. */
const Accepted = z.preprocess((given) => {
  if (typeof given !== 'object' || given === null || 'sale' in given) return given;
  const occurredAt: unknown = Reflect.get(given, 'occurredAt');
  const sale: unknown = 'data' in given ? given.data : given;
  return { sale, ...(occurredAt !== undefined && { occurredAt }) };
}, told(Body));

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
  isTrial: true,
  answer: namedAnswer('SimulationResult', Verdict.extend({ others: z.array(Verdict) })),
  handle: async ({ deps, now, params: { id }, body }) => {
    const occurredAt = body.occurredAt === undefined ? now : Date.parse(body.occurredAt);
    const sale = { campaignId: id, source: body.source, occurredAt, data: body.sale };
    const simulated = await simulateSale(deps.engine, sale, now);
    if ('code' in simulated) return simulated;
    const { asked, others } = simulated;
    return ok({ ...viewExplanation(asked), others: others.map(viewExplanation) });
  },
});
