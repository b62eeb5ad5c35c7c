/** 应得: what a basket is entitled to, campaign by campaign, with limits and exclusivity already applied. */
import type { Grant, MemberId, TemplateId } from '../../../schema/index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import { couponCostFen } from '../coupons/coupons.ts';
import { budgetMiss, limitMiss, type Hit, type Miss, type Usage } from './evaluate.ts';
import { drawBetween, type Seed } from '../plain/random.ts';
import { pairKey, type World } from '../world.ts';

/** What one campaign owes one cause. */
export type Due = {
  readonly campaign: CompiledCampaign;
  readonly times: number;
  readonly points: number;
  readonly redPacketFen: number;
  readonly coupons: readonly { readonly templateId: TemplateId; readonly count: number }[];
  readonly tags: readonly string[];
  readonly messages: readonly string[];
  /** What the shop gives away: red packets, and coupons at face value. Budgets count it, 最优 compares it. */
  readonly costFen: number;
};

export function dueFrom(world: World, { campaign, times }: Hit, seed: Seed): Due {
  const draw = (label: string, min: number, max: number): number =>
    drawBetween(seed, `${campaign.id}/${label}`, min, max);
  let points = 0;
  let redPacketFen = 0;
  let costFen = 0;
  const coupons: { templateId: TemplateId; count: number }[] = [];
  const tags: string[] = [];
  const messages: string[] = [];
  for (const reward of campaign.rewards) {
    const award = reward.award({ times, draw });
    switch (award.type) {
      case 'points':
        points += award.points;
        break;
      case 'money':
        redPacketFen += award.fen;
        costFen += award.fen;
        break;
      case 'coupon': {
        const template = world.config.templates.get(award.templateId);
        if (!template) break;
        coupons.push({ templateId: award.templateId, count: award.count });
        costFen += couponCostFen(template) * award.count;
        break;
      }
      case 'tag':
        tags.push(award.tag);
        break;
      case 'message':
        messages.push(award.text);
        break;
      default:
        award satisfies never;
    }
  }
  return { campaign, times, points, redPacketFen, coupons, tags, messages, costFen };
}

/** Usage by everyone else: what `own` already holds is given back before it is asked for again. */
export function usageOf(
  world: World,
  campaign: CompiledCampaign,
  memberId: MemberId,
  on: string,
  own: Grant | undefined,
): Usage {
  const held = own && own.times > 0 ? 1 : 0;
  const total = world.campaignCounters.get(campaign.id);
  const member = world.memberCounters.get(pairKey(memberId, campaign.id));
  const usedThatDay = member && member.usedOn === on ? member.usedThatDay : 0;
  return {
    total: {
      used: (total?.used ?? 0) - held,
      spentFen: (total?.spentFen ?? 0) - (held === 1 ? (own?.costFen ?? 0) : 0),
    },
    member: {
      used: (member?.used ?? 0) - held,
      usedThatDay: usedThatDay - (own?.grantedOn === on ? held : 0),
    },
  };
}

export type Cause = {
  readonly memberId: MemberId;
  readonly on: string;
  readonly seed: Seed;
  readonly held: readonly Grant[];
};

export type Chosen = {
  readonly dues: readonly Due[];
  readonly misses: ReadonlyMap<string, Miss>;
};

/** Limits first, then exclusivity: a tier that is used up makes room for the next one down. */
export function choose(world: World, hits: readonly Hit[], { memberId, on, seed, held }: Cause): Chosen {
  const misses = new Map<string, Miss>();
  const affordable: Due[] = [];
  for (const hit of hits) {
    const { campaign } = hit;
    const own = held.find(({ campaignId }) => campaignId === campaign.id);
    const usage = usageOf(world, campaign, memberId, on, own);
    const limit = limitMiss(campaign, usage);
    if (limit) {
      misses.set(campaign.id, limit);
      continue;
    }
    const due = dueFrom(world, hit, seed);
    const budget = budgetMiss(campaign, usage, due.costFen);
    if (budget) misses.set(campaign.id, budget);
    else affordable.push(due);
  }
  return { dues: pickWithinGroups(affordable, misses), misses };
}

const byPriority = (a: Due, b: Due): number =>
  b.campaign.priority - a.campaign.priority || (a.campaign.id < b.campaign.id ? -1 : 1);

const byWorth = (a: Due, b: Due): number => worthOf(b) - worthOf(a) || byPriority(a, b);

/** A point is worth about a fen; it decides only between offers that cost the same. */
const worthOf = (due: Due): number => due.costFen + due.points;

function pickWithinGroups(dues: readonly Due[], misses: Map<string, Miss>): Due[] {
  const groups = new Map<string, Due[]>();
  const chosen: Due[] = [];
  for (const due of dues) {
    const { group } = due.campaign;
    if (group === null) chosen.push(due);
    else groups.set(group, [...(groups.get(group) ?? []), due]);
  }
  for (const [group, members] of groups) {
    const ranked = members.toSorted(byPriority);
    // One group has one mode; where its campaigns disagree, the one with the highest priority decides.
    const mode = ranked[0]?.campaign.pick ?? 'best';
    if (mode === 'all') {
      chosen.push(...ranked);
      continue;
    }
    const [winner, ...others] = mode === 'best' ? members.toSorted(byWorth) : ranked;
    if (!winner) continue;
    chosen.push(winner);
    for (const other of others) {
      misses.set(other.campaign.id, { reason: 'outranked', by: winner.campaign.id, group });
    }
  }
  return chosen;
}
