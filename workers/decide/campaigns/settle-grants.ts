/**
 * 活动发放: changes what a member holds from each campaign to what is due, whatever kinds of award it gives, and moves its slots.
 */
import type { Amount, Awards, Grant, Marks, Recall } from '../../../schema/index.ts';
import { isNothing, type Award, type PostingAward, type Settling } from '../awards/define.ts';
import { awards, postable } from '../awards/index.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { Effect } from '../effects.ts';
import { countCashBack } from '../levels/cash-back.ts';
import { payoutAccount } from '../money/recalls.ts';
import type { World } from '../world.ts';
import { owedOf } from './entitlement.ts';
import type { Change } from './grant-changes.ts';
import { holdsPlace } from './usage.ts';
import { takenBackOf } from '../money/taken-back.ts';
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
  const { at, isMoved, cause: why } = postings;
  const posted = postGrants(world, context.memberId, changes, postings);
  const settling: Settling = { world, context, at, why, isMoved };
  const effects: Effect[] = [...posted.effects];
  const given: Record<string, number> = {};
  const recalls: Recall[] = [];
  for (const change of changes) {
    const settled = settleAwards(settling, change, posted.shorts.get(change), given);
    const kept = keep(settling, change, settled);
    effects.push(...settled.effects, ...kept.effects);
    const taken = grantTaken(world, change);
    if (taken) {
      const row = takenBackOf(settling, taken, posted.shorts.get(change));
      effects.push({ type: 'taken-back.put', row });
    }
    recalls.push(kept.recall);
  }
  const { baseShort, marks, losing } = posted;
  return { effects, given, baseShort, marks, recalls, isWalletLoss: losing.has(payoutAccount) };
}

/** Whichever event comes first: from the moment a take-back begins, what it would have taken counts as taken by it. */
const grantTaken = ({ config }: World, { campaignId, prior, due }: Change): Grant | null =>
  due === undefined && prior && prior.times > 0 && config.withdrawn.has(campaignId) ? prior : null;

type SettledAwards = {
  readonly effects: readonly Effect[];
  readonly held: Awards;
  /** What the member has of it afterwards costs the shop this much. */
  readonly costFen: number;
  /** Wallet money that should have come back and did not; it may still come back. */
  readonly recallFen: number;
  /** By so much more wallet money has the member from it than before. */
  readonly walletFen: number;
  /** The member has something of it that is no such money. */
  readonly isStanding: boolean;
};

/** Adds to `given` what was newly given. */
function settleAwards(
  settling: Settling,
  change: Change,
  shorts: ReadonlyMap<PostingAward, number> | undefined,
  given: Record<string, number>,
): SettledAwards {
  const { campaignId, prior, due } = change;
  const { config } = settling.world;
  const effects: Effect[] = [];
  const held: Record<string, Amount> = {};
  let [costFen, recallFen, walletFen, isStanding] = [0, 0, 0, false];
  for (const award of kindsOf(change)) {
    const { kind } = award;
    let keeps: Amount;
    let gain: number;
    if (award.account === null) {
      const settled = award.settle(settling, {
        campaignId,
        due: owedOf(due, award),
        held: prior?.awards[kind],
      });
      effects.push(...settled.effects);
      keeps = settled.held;
      gain = settled.given;
      costFen += award.costFen(settled.stands, config);
      isStanding ||= !isNothing(settled.stands);
    } else {
      const short = shorts?.get(award) ?? 0;
      const owed = postable(owedOf(due, award));
      gain = gainOf(change, award);
      // The grant keeps what could not be taken back, so that it is not paid a second time when the campaign is met again.
      keeps = owed + (settling.isMoved ? 0 : short);
      costFen += award.costFen(owed + short, config);
      if (award.account === payoutAccount) {
        recallFen += short;
        walletFen += owed + short - postable(prior?.awards[kind]);
      }
      isStanding ||= owed + (award.account === payoutAccount ? 0 : short) > 0;
    }
    if (gain > 0) given[kind] = (given[kind] ?? 0) + gain;
    if (!isNothing(keeps)) held[kind] = keeps;
  }
  return { effects, held, costFen, recallFen, walletFen, isStanding };
}

/** In the order of the registry, so that the same awards always make the same row. */
function kindsOf({ prior, due }: Change): readonly Award[] {
  if (prior === undefined && due?.owed.length === 1) return due.owed.map(({ award }) => award);
  return awards.filter(
    (award) => owedOf(due, award) !== undefined || prior?.awards[award.kind] !== undefined,
  );
}

/** The slot, the budget and the grant itself. Only what the member has, or may still have, is counted. */
function keep(
  settling: Settling,
  { campaignId, prior, due }: Change,
  { held, costFen, recallFen, walletFen, isStanding }: SettledAwards,
): { effects: readonly Effect[]; recall: Recall } {
  const { world, context, at, isMoved } = settling;
  const { cause, memberId, on } = context;
  const times = due?.times ?? 0;
  const hadPlace = prior !== undefined && holdsPlace(settling, prior);
  const effects: Effect[] = [];
  const isTaken = !hadPlace && times > 0;
  // A slot is freed only when everything that was given for it came back; money on its way may still come back.
  const isBackButMoney = hadPlace && times === 0 && !isStanding;
  const isReturned = isBackButMoney && recallFen === 0;
  const slots = isTaken ? 1 : isReturned ? -1 : 0;
  const spentFen = costFen - (prior?.costFen ?? 0);
  if (slots !== 0 || spentFen !== 0) {
    effects.push({ type: 'campaign.count', campaignId, times: slots, spentFen });
  }
  const grantedOn = isTaken ? on : (prior?.grantedOn ?? on);
  if (slots !== 0) {
    effects.push({ type: 'member.count', memberId, subject: campaignId, times: slots, on: grantedOn });
  }
  effects.push(...countCashBack(world, memberId, walletFen, grantedOn));
  const grant: Grant = {
    cause,
    campaignId,
    memberId,
    times,
    awards: held,
    // What the former member keeps is paid for, and no longer this grant's.
    costFen: isMoved ? 0 : costFen,
    grantedOn,
    at: prior?.at ?? at,
  };
  const isSame = prior !== undefined && JSON.stringify(prior) === JSON.stringify(grant);
  if (!isSame) effects.push({ type: 'grant.put', grant });
  const slot = isBackButMoney && !isReturned ? { on: grantedOn } : null;
  return { effects, recall: { campaignId, isMoved, fen: recallFen, slot } };
}
