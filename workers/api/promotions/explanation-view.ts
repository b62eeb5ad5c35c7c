/** Why a campaign gives something or not, in codes and numbers; the reader words it. */
import * as z from 'zod';
import { campaignStatuses } from '../../../schema/index.ts';
import { awards } from '../../decide/awards/index.ts';
import { owedOf, type Due } from '../../decide/campaigns/entitlement.ts';
import type { Explanation, Reason } from '../../decide/campaigns/explain.ts';
import { predicates } from '../../decide/predicates/index.ts';
import { instant } from '../call/shapes.ts';

const ownReasons = [
  'status',
  'not-in-force',
  'not-started',
  'over',
  'limit',
  'budget',
  'out-of-stock',
  'no-wechat',
  'cash-back',
  'outranked',
  'no-member',
  'given-before',
  'trigger',
  'empty-basket',
] as const satisfies readonly Reason['reason'][];
/** The codes above, and one for each kind of condition. */
const reasons = [...ownReasons, ...predicates.map(({ reason }) => reason)];

const Rewards = z.strictObject({
  ...Object.fromEntries(awards.map(({ kind, due }) => [kind, due])),
  costFen: z.int().meta({ description: 'What the budget would be charged.' }),
});

export const Verdict = z.strictObject({
  campaignId: z.string(),
  name: z.string(),
  status: z.enum(campaignStatuses),
  hit: z.boolean(),
  times: z.int().meta({ description: 'How many times it is met; 0 is a miss.' }),
  reason: z.enum(reasons).optional().meta({ description: 'Absent on a hit.' }),
  numbers: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).meta({
    description:
      'What the reason is about, such as {have, need, unit}, {limit, used, cap} out of the level’s monthly cash-back {level, usedFen, capFen} or, out of stock, {templateId, limit: stock | perMember | over | notSuper | gone, used, cap, validTo, superUntil}.',
  }),
  rewards: Rewards.nullable(),
});
type Verdict = z.infer<typeof Verdict>;

export function viewExplanation({ campaign, due, miss }: Explanation): Verdict {
  const { id, name, status } = campaign;
  const common = { campaignId: id, name, status };
  if (miss === null) {
    return { ...common, hit: true, times: due.times, numbers: {}, rewards: viewDue(due) };
  }
  const reason = miss.reason === 'condition' ? miss.code : miss.reason;
  return { ...common, hit: false, times: 0, reason, numbers: numbersOf(miss), rewards: null };
}

const viewDue = (due: Due): Verdict['rewards'] => ({
  ...Object.fromEntries(awards.map((award) => [award.kind, owedOf(due, award) ?? award.empty])),
  costFen: due.costFen,
});

function numbersOf(miss: Reason): Verdict['numbers'] {
  switch (miss.reason) {
    case 'not-in-force':
    case 'not-started':
      return { from: instant(miss.from) };
    case 'over':
      return { to: instant(miss.to) };
    case 'condition':
      return { ...(miss.place !== null && { place: miss.place }), ...miss.shortfall };
    case 'out-of-stock': {
      const { reason: _reason, ...numbers } = miss;
      if (numbers.limit === 'notSuper')
        return { ...numbers, superUntil: numbers.superUntil === 0 ? null : instant(numbers.superUntil) };
      return numbers.limit === 'over' ? { ...numbers, validTo: instant(numbers.validTo) } : numbers;
    }
    case 'status':
    case 'limit':
    case 'budget':
    case 'no-wechat':
    case 'cash-back':
    case 'outranked':
    case 'no-member':
    case 'given-before':
    case 'trigger':
    case 'empty-basket': {
      const { reason: _reason, ...numbers } = miss;
      return numbers;
    }
    default:
      return miss satisfies never;
  }
}
