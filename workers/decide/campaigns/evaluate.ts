/** 活动判定: which campaigns a basket earns, and, asked differently, why it does not. */
import {
  defaultTimezone,
  type CampaignCounter,
  type Member,
  type MemberCounter,
} from '../../../schema/index.ts';
import { sumBasket, withoutExcluded, type Basket, type BasketLine } from '../sales/basket.ts';
import { candidates, type CampaignIndex } from './campaign-index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { Shortfall } from '../conditions/define.ts';
import { localDate } from '../plain/dates.ts';
import { stagesOf } from '../members/stages.ts';

/** Who buys, where and when. */
export type Facts = {
  readonly storeId: string;
  readonly level: string | null;
  readonly superUntil: number | null;
  readonly children: Member['children'];
  readonly at: number;
};

/** Why a campaign gives nothing, with the numbers. */
export type Miss =
  | { readonly reason: 'status'; readonly status: string }
  | { readonly reason: 'store'; readonly storeId: string }
  | { readonly reason: 'level'; readonly level: string | null }
  | { readonly reason: 'super-member'; readonly superUntil: number | null }
  | { readonly reason: 'stage'; readonly stages: readonly string[] }
  | { readonly reason: 'not-started'; readonly from: number }
  | { readonly reason: 'over'; readonly to: number }
  | ({ readonly reason: 'condition'; readonly place: number } & Shortfall)
  | {
      readonly reason: 'limit';
      readonly limit: 'total' | 'perMember' | 'perMemberPerDay';
      readonly used: number;
      readonly cap: number;
    }
  | { readonly reason: 'budget'; readonly leftFen: number; readonly costFen: number }
  | { readonly reason: 'outranked'; readonly by: string; readonly group: string }
  | { readonly reason: 'no-member' };

/** Everything but the basket. */
export function standingMiss(campaign: CompiledCampaign, facts: Facts): Miss | null {
  if (campaign.stores !== null && !campaign.stores.has(facts.storeId))
    return { reason: 'store', storeId: facts.storeId };
  if (campaign.levels !== null && (facts.level === null || !campaign.levels.has(facts.level)))
    return { reason: 'level', level: facts.level };
  if (campaign.superMember !== null) {
    const isSuper = facts.superUntil !== null && facts.at < facts.superUntil;
    if (isSuper !== campaign.superMember) return { reason: 'super-member', superUntil: facts.superUntil };
  }
  if (campaign.stages !== null) {
    const own = stagesOf(facts.children, localDate(facts.at, defaultTimezone));
    const isMeant =
      own.length === 0 ? campaign.stages.has('none') : own.some((stage) => campaign.stages?.has(stage));
    if (!isMeant) return { reason: 'stage', stages: own };
  }
  if (facts.at < campaign.from) return { reason: 'not-started', from: campaign.from };
  if (facts.at >= campaign.to) return { reason: 'over', to: campaign.to };
  return null;
}

/** How often the basket meets all conditions; 0 is not met, and more than 1 only where the campaign repeats. */
export function timesMet(campaign: CompiledCampaign, basket: Basket): number {
  const counted = campaign.exclude.length === 0 ? basket : withoutExcluded(basket, campaign.exclude);
  let times = Infinity;
  for (const condition of campaign.conditions) {
    times = Math.min(times, condition.times(counted));
    if (times === 0) return 0;
  }
  return campaign.repeats && times !== Infinity ? times : 1;
}

export function conditionMiss(campaign: CompiledCampaign, basket: Basket): Miss | null {
  const counted = withoutExcluded(basket, campaign.exclude);
  const place = campaign.conditions.findIndex((condition) => condition.times(counted) === 0);
  const failed = campaign.conditions[place];
  return failed ? { reason: 'condition', place, ...failed.shortfall(counted) } : null;
}

export type Hit = { readonly campaign: CompiledCampaign; readonly times: number };

/** The campaigns this basket meets, before limits and exclusivity. */
export function meet(index: CampaignIndex, lines: readonly BasketLine[], facts: Facts): Hit[] {
  const basket = sumBasket(lines);
  const hasNegative = lines.some(({ amountFen }) => amountFen < 0);
  const reach = hasNegative ? sumBasket(lines.filter(({ amountFen }) => amountFen >= 0)) : basket;
  const hits: Hit[] = [];
  for (const campaign of candidates(index.forStore(facts.storeId), reach)) {
    if (standingMiss(campaign, facts) !== null) continue;
    const times = timesMet(campaign, basket);
    if (times > 0) hits.push({ campaign, times });
  }
  return hits;
}

/** How far the limits are used up by everyone else: what this same cause already holds is not counted against it. */
export type Usage = {
  readonly total: Pick<CampaignCounter, 'used' | 'spentFen'>;
  readonly member: Pick<MemberCounter, 'used' | 'usedThatDay'>;
};

export function limitMiss({ limits }: CompiledCampaign, { total, member }: Usage): Miss | null {
  if (limits.total !== null && total.used >= limits.total)
    return { reason: 'limit', limit: 'total', used: total.used, cap: limits.total };
  if (limits.perMember !== null && member.used >= limits.perMember)
    return { reason: 'limit', limit: 'perMember', used: member.used, cap: limits.perMember };
  if (limits.perMemberPerDay !== null && member.usedThatDay >= limits.perMemberPerDay)
    return {
      reason: 'limit',
      limit: 'perMemberPerDay',
      used: member.usedThatDay,
      cap: limits.perMemberPerDay,
    };
  return null;
}

export function budgetMiss({ limits }: CompiledCampaign, { total }: Usage, costFen: number): Miss | null {
  if (limits.budgetFen === null) return null;
  const leftFen = limits.budgetFen - total.spentFen;
  return costFen > leftFen ? { reason: 'budget', leftFen, costFen } : null;
}
