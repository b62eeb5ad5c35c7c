/** 活动发放: moves what a member holds from each campaign to what is due, coupons, packets, tags and slots alike. */
import type { Grant, Recall } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Due } from './entitlement.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import { settleCoupons, type Change, type Settling } from '../coupons/settle-coupons.ts';
import { post, type Difference } from '../money/take-back.ts';
import { headOf, type World } from '../world.ts';

export function changesOf(held: readonly Grant[], dues: readonly Due[]): Change[] {
  const changes: Change[] = dues.map((due) => ({
    campaignId: due.campaign.id,
    prior: held.find(({ campaignId }) => campaignId === due.campaign.id),
    due,
  }));
  for (const prior of held) {
    const isDue = dues.some(({ campaign }) => campaign.id === prior.campaignId);
    if (!isDue && prior.times > 0) changes.push({ campaignId: prior.campaignId, prior, due: undefined });
  }
  return changes;
}

/** Postings for the two accounts campaigns feed, `base` being what the cause earns there without campaigns. */
export type Postings = {
  /** Why, for the ledger: `sale:…`, `refund:…`, `void:…`. */
  readonly cause: string;
  readonly at: number;
  readonly basePoints: number;
  /** The cause goes to another member: what this one could not give back is no part of it any more. */
  readonly isMoved: boolean;
  readonly pointsMark: number;
  readonly walletMark: number;
};

export type GrantsSettled = {
  readonly effects: readonly Effect[];
  readonly couponsIssued: number;
  readonly pointsMark: number;
  readonly walletMark: number;
  /** Points that should have come back of what the cause earned without campaigns, and did not. */
  readonly basePointsShort: number;
  /** What each campaign should have given back of its packets and could not: it may be on its way to the member. */
  readonly recalls: readonly Recall[];
  readonly isWalletLoss: boolean;
};

export function settleGrants(
  world: World,
  context: GrantContext,
  changes: readonly Change[],
  postings: Postings,
): GrantsSettled {
  const { cause, at, basePoints, isMoved, pointsMark, walletMark } = postings;
  const { memberId } = context;
  const { takeBack } = world.config.settings;
  const gained = (key: 'points' | 'redPacketFen'): Difference[] =>
    changes.map(({ campaignId, prior, due }) => ({
      cause: `${cause}/campaign:${campaignId}`,
      delta: (due?.[key] ?? 0) - (prior?.[key] ?? 0),
    }));
  const points = post(
    { memberId, account: 'points', at },
    [{ cause, delta: basePoints }, ...gained('points')],
    headOf(world, memberId, 'points'),
    takeBack,
    pointsMark,
  );
  const wallet = post(
    { memberId, account: 'wallet', at },
    [{ cause, delta: 0 }, ...gained('redPacketFen')],
    headOf(world, memberId, 'wallet'),
    takeBack,
    walletMark,
  );
  const effects: Effect[] = [...points.effects, ...wallet.effects];
  const settling: Settling = { world, context, at, isMoved, handedOut: new Map() };
  const recalls: Recall[] = [];
  let couponsIssued = 0;
  let pointsShort = points.short;
  let walletShort = wallet.short;
  for (const change of changes) {
    const short = {
      points: Math.min(pointsShort, lossOf(change, 'points')),
      fen: Math.min(walletShort, lossOf(change, 'redPacketFen')),
    };
    pointsShort -= short.points;
    walletShort -= short.fen;
    const granted = settleGrant(settling, change, short);
    effects.push(...granted.effects);
    couponsIssued += granted.issued;
    recalls.push(granted.recall);
  }
  return {
    effects,
    couponsIssued,
    pointsMark: points.credited,
    walletMark: wallet.credited,
    basePointsShort: pointsShort,
    recalls,
    isWalletLoss:
      wallet.short > 0 || wallet.effects.some((one) => one.type === 'ledger.post' && one.delta < 0),
  };
}

const lossOf = ({ prior, due }: Change, key: 'points' | 'redPacketFen'): number =>
  Math.max(0, (prior?.[key] ?? 0) - (due?.[key] ?? 0));

function settleGrant(
  settling: Settling,
  change: Change,
  short: { readonly points: number; readonly fen: number },
): { effects: readonly Effect[]; issued: number; recall: Recall } {
  const { context, at, isMoved } = settling;
  const { campaignId, prior, due } = change;
  const { memberId, on } = context;
  const times = due?.times ?? 0;
  const hadTimes = prior?.times ?? 0;
  const coupons = settleCoupons(settling, change);
  const effects: Effect[] = [...coupons.effects];

  const isTaken = hadTimes === 0 && times > 0;
  // A slot goes back only when everything it gave came back; money on its way may still do so.
  const isBackButMoney = hadTimes > 0 && times === 0 && short.points === 0 && !coupons.isShort;
  const isReturned = isBackButMoney && short.fen === 0;
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

  const tags = due?.tags ?? [];
  const hadTags = prior?.tags ?? [];
  for (const tag of tags) {
    if (!hadTags.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: 1 });
  }
  for (const tag of hadTags) {
    if (!tags.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: -1 });
  }

  const grant: Grant = {
    cause: context.cause,
    campaignId,
    memberId,
    times,
    // What could not be taken back stands, so that nothing is paid for it again if the promise is met once more.
    points: (due?.points ?? 0) + (isMoved ? 0 : short.points),
    redPacketFen: (due?.redPacketFen ?? 0) + (isMoved ? 0 : short.fen),
    costFen,
    coupons: coupons.all,
    tags,
    grantedOn,
    at: prior?.at ?? at,
  };
  const isSame = prior !== undefined && JSON.stringify(prior) === JSON.stringify(grant);
  if (!isSame) effects.push({ type: 'grant.put', grant });
  const slot = isBackButMoney && !isReturned && !isMoved ? { costFen: priorCostFen, on: grantedOn } : null;
  const recall: Recall = { campaignId: isMoved ? null : campaignId, fen: short.fen, slot };
  return { effects, issued: coupons.issued, recall };
}
