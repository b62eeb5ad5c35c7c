/**
 * 活动发放: changes what a member holds from each campaign to what is due, whatever kinds of award it gives, and moves its slots.
 */
import type { Amount, Awards, Grant, Marks, Recall } from '../../../schema/index.ts';
import { isNothing, type Award, type PostingAward, type Settling } from '../awards/define.ts';
import { awards, postable } from '../awards/index.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { Effect } from '../effects.ts';
import { payoutAccount } from '../money/recalls.ts';
import type { World } from '../world.ts';
import { owedOf } from './entitlement.ts';
import type { Change } from './grant-changes.ts';
import { gainOf, postGrants, type Amounts, type Postings } from './post-grants.ts';

export type SettledGrants = {
  readonly effects: readonly Effect[];
  /** By kind: how much was newly given, as the number that the kind's `words` takes. */
  readonly given: Readonly<Record<string, number>>;
  /** What should have come back of what the cause earned by itself and did not. */
  readonly baseShort: Amounts;
  readonly marks: Marks;
  /** By campaign: wallet money that should have come back and did not, because it may be on its way to the member. */
  readonly recalls: readonly Recall[];
  readonly isWalletLoss: boolean;
};

export function settleGrants(
  world: World,
  context: GrantContext,
  changes: readonly Change[],
  postings: Postings,
): SettledGrants {
  const { at, isMoved } = postings;
  const posted = postGrants(world, context.memberId, changes, postings);
  const settling: Settling = { world, context, at, isMoved, handedOut: new Map() };
  const effects: Effect[] = [...posted.effects];
  const given: Record<string, number> = {};
  const recalls: Recall[] = [];
  for (const change of changes) {
    const settled = settleAwards(settling, change, posted.shorts.get(change), given);
    const kept = keep(settling, change, settled);
    effects.push(...settled.effects, ...kept.effects);
    recalls.push(kept.recall);
  }
  const { baseShort, marks, losing } = posted;
  return { effects, given, baseShort, marks, recalls, isWalletLoss: losing.has(payoutAccount) };
}

type SettledAwards = {
  readonly effects: readonly Effect[];
  readonly held: Awards;
  /** Wallet money that should have come back and did not; it may still come back. */
  readonly recallFen: number;
  /** Something else did not come back. */
  readonly isShort: boolean;
};

/** Adds to `given` what was newly given. */
function settleAwards(
  settling: Settling,
  change: Change,
  shorts: ReadonlyMap<PostingAward, number> | undefined,
  given: Record<string, number>,
): SettledAwards {
  const { campaignId, prior, due } = change;
  const mayGive = (due?.times ?? 0) > (prior?.times ?? 0);
  const effects: Effect[] = [];
  const held: Record<string, Amount> = {};
  let recallFen = 0;
  let isShort = false;
  for (const award of kindsOf(change)) {
    const { kind } = award;
    let stands: Amount;
    let gain: number;
    if (award.account === null) {
      const settled = award.settle(settling, {
        campaignId,
        due: owedOf(due, award),
        held: prior?.awards[kind],
        mayGive,
      });
      effects.push(...settled.effects);
      stands = settled.held;
      gain = settled.given;
      isShort ||= settled.isShort;
    } else {
      const short = shorts?.get(award) ?? 0;
      gain = gainOf(change, award);
      // The grant keeps what could not be taken back, so that it is not paid a second time when the campaign is met again.
      stands = postable(owedOf(due, award)) + (settling.isMoved ? 0 : short);
      if (award.account === payoutAccount) recallFen += short;
      else isShort ||= short > 0;
    }
    if (gain > 0) given[kind] = (given[kind] ?? 0) + gain;
    if (!isNothing(stands)) held[kind] = stands;
  }
  return { effects, held, recallFen, isShort };
}

/** In the order of the registry, so that the same awards always make the same row. */
function kindsOf({ prior, due }: Change): readonly Award[] {
  if (prior === undefined && due?.owed.length === 1) return due.owed.map(({ award }) => award);
  return awards.filter(
    (award) => owedOf(due, award) !== undefined || prior?.awards[award.kind] !== undefined,
  );
}

/** The slot, the budget and the grant itself. */
function keep(
  { context, at, isMoved }: Settling,
  { campaignId, prior, due }: Change,
  { held, recallFen, isShort }: SettledAwards,
): { effects: readonly Effect[]; recall: Recall } {
  const { cause, memberId, on } = context;
  const times = due?.times ?? 0;
  const hadTimes = prior?.times ?? 0;
  const effects: Effect[] = [];
  const isTaken = hadTimes === 0 && times > 0;
  // A slot is freed only when everything that was given for it came back; money on its way may still come back.
  const isBackButMoney = hadTimes > 0 && times === 0 && !isShort;
  const isReturned = isBackButMoney && recallFen === 0;
  const slots = isTaken ? 1 : isReturned ? -1 : 0;
  const priorCostFen = prior?.costFen ?? 0;
  const costFen = due?.costFen ?? 0;
  const spentFen = times > 0 || isReturned ? costFen - priorCostFen : 0;
  if (slots !== 0 || spentFen !== 0) {
    effects.push({ type: 'campaign.count', campaignId, times: slots, spentFen });
  }
  const grantedOn = isTaken ? on : (prior?.grantedOn ?? on);
  if (slots !== 0) {
    effects.push({ type: 'member.count', memberId, subject: campaignId, times: slots, on: grantedOn });
  }
  const grant: Grant = {
    cause,
    campaignId,
    memberId,
    times,
    awards: held,
    costFen,
    grantedOn,
    at: prior?.at ?? at,
  };
  const isSame = prior !== undefined && JSON.stringify(prior) === JSON.stringify(grant);
  if (!isSame) effects.push({ type: 'grant.put', grant });
  const slot = isBackButMoney && !isReturned && !isMoved ? { costFen: priorCostFen, on: grantedOn } : null;
  return { effects, recall: { campaignId: isMoved ? null : campaignId, fen: recallFen, slot } };
}
