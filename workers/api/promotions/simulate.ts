/** 试算: why each campaign would give something for a made-up sale, or not. Nothing is written. */
import * as z from 'zod';
import { CampaignId, Fen, Id, Instant, MemberId, StoreId } from '../../../schema/index.ts';
import { SaleData, told } from '../../commands/canonical.ts';
import { simulateSale, simulateTrigger } from '../../commands/promotions/simulate.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { SourceName } from '../sources/source-named.ts';
import { Verdict, viewExplanation } from './explanation-view.ts';

/** What only some triggers bring is left out with the others. */
const Happening = z.strictObject({
  memberId: MemberId.optional().meta({ description: 'A new member, unless given.' }),
  storeId: StoreId.optional().meta({ description: "The member's own, unless given." }),
  streakDays: z.int().min(1).optional().meta({ description: 'Of member.checked_in.' }),
  paidFen: Fen.optional().meta({ description: 'Of stored_value.recharged.' }),
  plan: z.string().max(40).optional().meta({ description: 'Of super_membership.bought.' }),
  level: z.string().max(20).optional().meta({ description: 'Of level.reached: the level that is reached.' }),
  packageId: Id.optional().meta({ description: 'Of package.sold: the template, or the till’s own id.' }),
  said: z.string().max(200).optional().meta({ description: 'Of fan.said.' }),
});

const Body = namedBody(
  'Simulation',
  z
    .strictObject({
      sale: SaleData.optional().meta({ description: '`data` of a sale.completed event.' }),
      happening: Happening.optional().meta({
        description: 'Instead of a sale: what the campaign starts with, happening to a member.',
      }),
      occurredAt: Instant.optional().meta({ description: 'Now, unless given.' }),
      source: SourceName,
    })
    .refine(({ sale, happening }) => (sale === undefined) !== (happening === undefined), {
      path: ['sale'],
      message: 'give sale or happening, and not both',
    }),
);

/** Takes the sale alone or the whole event. */
const Accepted = z.preprocess((given) => {
  if (typeof given !== 'object' || given === null || 'sale' in given || 'happening' in given) return given;
  const occurredAt: unknown = Reflect.get(given, 'occurredAt');
  const sale: unknown = 'data' in given ? given.data : given;
  return { sale, ...(occurredAt !== undefined && { occurredAt }) };
}, told(Body));

function imagined({ memberId, storeId, ...facts }: z.infer<typeof Happening> = {}) {
  // What was left out is not there, so the cast holds.
  const brought = facts as Record<string, string | number>;
  return { memberId: memberId ?? null, storeId: storeId ?? null, facts: brought };
}

export const simulate = route({
  method: 'POST',
  path: '/campaigns/{id}/simulate',
  tag: 'Campaigns',
  summary: 'Try a sale, or what else may happen to a member, on a campaign',
  description:
    'Answers hit or miss with the reason and its numbers, for this campaign and, under `others`, for every active one; writes nothing. A draft takes part as if it were active. A member nobody knows is tried as a new one, without a level. Random amounts are drawn afresh, so that nobody learns what a real sale will draw.',
  scope: 'admin',
  statuses: [200],
  refusals: { 404: ['unknown_campaign', 'unknown_member'] },
  params: z.strictObject({ id: CampaignId }),
  body: Accepted,
  documentedBody: Body,
  takesKey: false,
  isTrial: true,
  answer: namedAnswer('SimulationResult', Verdict.extend({ others: z.array(Verdict) })),
  handle: async ({ deps, now, params: { id }, body }) => {
    const occurredAt = body.occurredAt === undefined ? now : Date.parse(body.occurredAt);
    const asked = { campaignId: id, occurredAt };
    const simulated = body.sale
      ? await simulateSale(deps.engine, { ...asked, source: body.source, data: body.sale }, now)
      : await simulateTrigger(deps.engine, { ...asked, ...imagined(body.happening) }, now);
    if ('code' in simulated) return simulated;
    const { others } = simulated;
    return ok({ ...viewExplanation(simulated.asked), others: others.map(viewExplanation) });
  },
});
