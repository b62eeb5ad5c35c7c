/** 应得: what a basket is entitled to, campaign by campaign, with limits and exclusivity already applied. */
import type { Amount, Grant, MemberId } from '../../../schema/index.ts';
import type { Award } from '../awards/define.ts';
import { awardOf } from '../awards/index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import { budgetMiss, limitMiss, type Hit, type Miss, type Usage } from './evaluate.ts';
import { usedOn } from '../members/day-counts.ts';
import { drawBetween, type Seed } from '../plain/random.ts';
import { pairKey, type World } from '../world.ts';

/** An amount of one kind of award. */
export type Owed = { readonly award: Award; readonly amount: Amount };

/** What one campaign owes one cause. */
export type Due = {
  readonly campaign: CompiledCampaign;
  readonly times: number;
  /** Each kind once. */
  readonly owed: readonly Owed[];
  /** What it costs the shop: budgets count it. */
  readonly costFen: number;
  /** What it is worth to the member: 最优 compares it. */
  readonly worthFen: number;
};

// A plain loop, because it runs for every kind of every campaign that a sale meets.
export function owedOf(due: Due | undefined, award: Award): Amount | undefined {
  if (due === undefined) return undefined;
  for (const one of due.owed) if (one.award === award) return one.amount;
  return undefined;
}

/** What the merchant says to the member, word for word. */
export function textsOf(due: Due): readonly string[] {
  const texts: string[] = [];
  for (const { award, amount } of due.owed) if (award.texts !== null) texts.push(...award.texts(amount));
  return texts;
}

export function dueFrom({ config }: World, { campaign, times }: Hit, seed: Seed): Due {
  const draw = (label: string, min: number, max: number): number =>
    drawBetween(seed, `${campaign.id}/${label}`, min, max);
  const owed: Owed[] = [];
  let costFen = 0;
  let worthFen = 0;
  for (const reward of campaign.rewards) {
    const given = reward.award({ times, draw });
    for (const kind in given) {
      const award = awardOf(kind);
      const amount = given[kind] ?? award.empty;
      add(owed, award, amount);
      costFen += award.costFen(amount, config);
      worthFen += award.worthFen(amount, config);
    }
  }
  return { campaign, times, owed, costFen, worthFen };
}

function add(owed: Owed[], award: Award, amount: Amount): void {
  const place = owed.length === 0 ? -1 : owed.findIndex((one) => one.award === award);
  const before = owed[place];
  if (before === undefined) owed.push({ award, amount });
  else owed[place] = { award, amount: award.sum(before.amount, amount) };
}

const unused: Usage = { total: { used: 0, spentFen: 0 }, member: { used: 0, usedThatDay: 0 } };

/** Most campaigns have no limit, and then nothing is looked up. */
const isLimited = ({ limits }: CompiledCampaign): boolean =>
  limits.total !== null ||
  limits.perMember !== null ||
  limits.perMemberPerDay !== null ||
  limits.budgetFen !== null;

/** Usage without this cause: what `own` already holds is subtracted first. */
function usageOf(
  world: World,
  campaign: CompiledCampaign,
  { memberId, on, held: grants }: Omit<Cause, 'seed'>,
): Usage {
  const own = grants.find(({ campaignId }) => campaignId === campaign.id);
  const held = own && own.times > 0 ? 1 : 0;
  const total = world.campaignCounters.get(campaign.id);
  const member = world.memberCounters.get(pairKey(memberId, campaign.id));
  const heldThatDay = own?.grantedOn === on ? held : 0;
  const usedThatDay = member ? usedOn(member, on) : 0;
  return {
    total: {
      used: (total?.used ?? 0) - held,
      spentFen: (total?.spentFen ?? 0) - (held === 1 ? (own?.costFen ?? 0) : 0),
    },
    member: {
      used: (member?.used ?? 0) - held,
      // What passed the limit when the day was known is not taken away because it is forgotten.
      usedThatDay: usedThatDay === null ? (heldThatDay === 1 ? 0 : null) : usedThatDay - heldThatDay,
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

/** Limits first, then exclusivity: when a tier is used up, the next lower one applies. */
export function choose(world: World, hits: readonly Hit[], { memberId, on, seed, held }: Cause): Chosen {
  const misses = new Map<string, Miss>();
  const affordable: Due[] = [];
  for (const hit of hits) {
    const { campaign } = hit;
    const usage = isLimited(campaign) ? usageOf(world, campaign, { memberId, on, held }) : unused;
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

const byWorth = (a: Due, b: Due): number => b.worthFen - a.worthFen || byPriority(a, b);

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
