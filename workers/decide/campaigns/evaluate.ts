/** 活动判定: which campaigns a basket meets, and why it does not meet the others. */
import type { CampaignCounter } from '../../../schema/index.ts';
import { sumBasket, withoutExcluded, type BasketLine } from '../sales/basket.ts';
import { candidates, type CampaignIndex } from './campaign-index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { Facts, Rare, Shortfall } from '../predicates/define.ts';

/** Why a campaign gives nothing, with the numbers. */
export type Miss =
  | { readonly reason: 'status'; readonly status: string }
  | { readonly reason: 'not-started'; readonly from: number }
  | { readonly reason: 'over'; readonly to: number }
  /** Reported under the `code` of the kind of condition that was not met. */
  | {
      readonly reason: 'condition';
      readonly code: string;
      readonly place: number | null;
      readonly shortfall: Shortfall;
    }
  | {
      readonly reason: 'limit';
      readonly limit: 'total' | 'perMember' | 'perMemberPerDay';
      readonly used: number;
      readonly cap: number;
    }
  | { readonly reason: 'budget'; readonly leftFen: number; readonly costFen: number }
  | { readonly reason: 'outranked'; readonly by: string; readonly group: string }
  | { readonly reason: 'no-member' }
  /** What is given once was given, or had its time. */
  | { readonly reason: 'given-before' };

export function periodMiss({ from, to }: CompiledCampaign, at: number): Miss | null {
  if (at < from) return { reason: 'not-started', from };
  return at >= to ? { reason: 'over', to } : null;
}

/** How often all conditions are met; 0 is not met, and more than 1 only where the campaign repeats. */
export function timesMet(campaign: CompiledCampaign, facts: Facts): number {
  const { conditions, repeats } = campaign;
  const counted = withoutExceptions(campaign, facts);
  for (const condition of conditions) if (!condition.test(counted)) return 0;
  if (!repeats) return 1;
  const times = conditions.flatMap((condition) => condition.times?.(counted) ?? []);
  return times.length === 0 ? 1 : Math.min(...times);
}

export function conditionMiss(campaign: CompiledCampaign, facts: Facts): Miss | null {
  const counted = withoutExceptions(campaign, facts);
  const failed = campaign.conditions.find((condition) => !condition.test(counted));
  if (!failed) return null;
  const { reason: code, place } = failed;
  return { reason: 'condition', code, place, shortfall: failed.shortfall(counted) };
}

function withoutExceptions({ exclude }: CompiledCampaign, facts: Facts): Facts {
  return exclude.length === 0 ? facts : { ...facts, basket: withoutExcluded(facts.basket, exclude) };
}

export type Hit = { readonly campaign: CompiledCampaign; readonly times: number };

/** Everything but the basket, which is summed here once for all campaigns; and what only some triggers bring. */
export type Visit = Omit<Facts, 'basket' | 'wears' | Rare> & Partial<Pick<Facts, 'wears' | Rare>>;

/** A campaign whose trigger does not bring a fact has no condition that looks at it, so the cast holds. */
export const factsOf = (visit: Visit, lines: readonly BasketLine[]): Facts =>
  ({ wears: wearsNothing, ...visit, basket: sumBasket(lines) }) as Facts;

const wearsNothing = (): boolean => false;

/** The campaigns this basket meets, before limits and exclusivity. */
export function meet(index: CampaignIndex, lines: readonly BasketLine[], visit: Visit): Hit[] {
  const facts = factsOf(visit, lines);
  const hasNegative = lines.some(({ amountFen }) => amountFen < 0);
  const reach = hasNegative ? sumBasket(lines.filter(({ amountFen }) => amountFen >= 0)) : facts.basket;
  const hits: Hit[] = [];
  for (const campaign of candidates(index.forStore(visit.storeId), reach)) {
    if (periodMiss(campaign, visit.at) !== null) continue;
    const times = timesMet(campaign, facts);
    if (times > 0) hits.push({ campaign, times });
  }
  return hits;
}

/** How much of the limits is used, without what this same cause already holds. */
export type Usage = {
  readonly total: Pick<CampaignCounter, 'used' | 'spentFen'>;
  /** `usedThatDay` is null for a day of which nobody can say any more. */
  readonly member: { readonly used: number; readonly usedThatDay: number | null };
};

export function limitMiss({ limits }: CompiledCampaign, { total, member }: Usage): Miss | null {
  if (limits.total !== null && total.used >= limits.total)
    return { reason: 'limit', limit: 'total', used: total.used, cap: limits.total };
  if (limits.perMember !== null && member.used >= limits.perMember)
    return { reason: 'limit', limit: 'perMember', used: member.used, cap: limits.perMember };
  const cap = limits.perMemberPerDay;
  if (cap === null) return null;
  // A day that is forgotten counts as used up.
  const used = member.usedThatDay ?? cap;
  return used >= cap ? { reason: 'limit', limit: 'perMemberPerDay', used, cap } : null;
}

export function budgetMiss({ limits }: CompiledCampaign, { total }: Usage, costFen: number): Miss | null {
  if (limits.budgetFen === null) return null;
  const leftFen = limits.budgetFen - total.spentFen;
  return costFen > leftFen ? { reason: 'budget', leftFen, costFen } : null;
}
