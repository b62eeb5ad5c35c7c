/** 活动入账: posts what campaigns give and take back, once for each account, together with what the cause earns by itself. */
import {
  accounts,
  type Account,
  type LotKey,
  type Marks,
  type MemberId,
  type StoreId,
} from '../../../schema/index.ts';
import type { PostingAward } from '../awards/define.ts';
import { postable, postedTo } from '../awards/index.ts';
import type { Effect } from '../effects.ts';
import { isOver, lotNow, shopDay } from '../money/lots.ts';
import { isSpendable, policyOf, post, type Difference } from '../money/take-back.ts';
import { headOf, type World } from '../world.ts';
import { owedOf } from './entitlement.ts';
import type { Change } from './grant-changes.ts';

export type Amounts = Readonly<Partial<Record<Account, number>>>;

/** What a cause earns without campaigns, and how it is posted. */
export type Postings = {
  /** Why, for the ledger: `sale:…`, `refund:…`, `void:…`. */
  readonly cause: string;
  readonly at: number;
  /** Where it happened; null where that is no store. */
  readonly storeId: StoreId | null;
  /** What the cause earns by itself, account by account. */
  readonly base: Amounts;
  /** The cause passes to another member: what this member could not give back no longer belongs to it. */
  readonly isMoved: boolean;
  readonly marks: Marks;
  /** 积分批次 of the cause; without one its points are the day's own. */
  readonly lot?: LotKey;
};

export type GrantsPosted = {
  readonly effects: readonly Effect[];
  /** By kind: what should have come back from each campaign and did not. */
  readonly shorts: ReadonlyMap<Change, ReadonlyMap<PostingAward, number>>;
  /** What should have come back of what the cause earned by itself and did not. */
  readonly baseShort: Amounts;
  readonly marks: Marks;
  /** The accounts from which something had to come back. */
  readonly losing: ReadonlySet<Account>;
};

export function postGrants(
  world: World,
  memberId: MemberId,
  changes: readonly Change[],
  { cause, at, storeId, base, marks, lot }: Postings,
): GrantsPosted {
  const effects: Effect[] = [];
  const shorts = new Map<Change, Map<PostingAward, number>>();
  const baseShort: Partial<Record<Account, number>> = {};
  const nextMarks: Partial<Record<Account, number>> = {};
  const losing = new Set<Account>();
  const { takeBack, points } = world.config.settings;
  const today = shopDay(world.now);
  for (const account of accounts) {
    const kinds = postedTo(account);
    if (kinds.length === 0 && base[account] === undefined) continue;
    const differences: Difference[] = [{ cause, delta: base[account] ?? 0 }];
    for (const change of kinds.length === 0 ? [] : changes) {
      let delta = 0;
      for (const kind of kinds) delta += gainOf(change, kind);
      if (delta !== 0) differences.push({ cause: `${cause}/campaign:${change.campaignId}`, delta });
    }
    const own = account === 'points' ? lot : undefined;
    // Of a lot that is over the rest has gone already: it is not taken a second time.
    const isGone = own !== undefined && isOver(own, today);
    const posted = post(
      { memberId, account, at, storeId, ...(own && { lot: lotNow(own, today, points) }) },
      differences,
      headOf(world, memberId, account),
      isGone ? 'only_unspent' : policyOf(account, takeBack),
      isGone ? Number.NEGATIVE_INFINITY : (marks[account] ?? 0),
    );
    effects.push(...posted.effects);
    if (isSpendable[account] && posted.credited > 0) nextMarks[account] = posted.credited;
    if (posted.short > 0 || posted.effects.some((one) => one.type === 'ledger.post' && one.delta < 0))
      losing.add(account);
    baseShort[account] = sharedOut(posted.short, changes, kinds, shorts);
  }
  return { effects, shorts, baseShort, marks: nextMarks, losing };
}

export const gainOf = ({ prior, due }: Change, kind: PostingAward): number =>
  postable(owedOf(due, kind)) - postable(prior?.awards[kind.kind]);

/** A shortage falls on the campaigns first, each up to what it lost; the rest falls on what the cause earned by itself. */
function sharedOut(
  short: number,
  changes: readonly Change[],
  kinds: readonly PostingAward[],
  shorts: Map<Change, Map<PostingAward, number>>,
): number {
  let left = short;
  if (left === 0) return 0;
  for (const change of changes) {
    for (const kind of kinds) {
      const borne = Math.min(left, Math.max(0, -gainOf(change, kind)));
      if (borne === 0) continue;
      left -= borne;
      const ofChange = shorts.get(change) ?? new Map<PostingAward, number>();
      shorts.set(change, ofChange.set(kind, borne));
    }
  }
  return left;
}
