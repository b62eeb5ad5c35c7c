/** 积分余额 as it is shown: what can be spent now, what waits, and what ends when. What is over is not in it, posted or not. */
import type { LotKey, LotPoints } from '../../../schema/index.ts';
import { pointsIn } from './lot-list.ts';
import { asOf, noLot, restOf, shopDay, type Head } from './lots.ts';

export type HeldPoints = {
  /** Below zero where more was taken back than there was. */
  readonly spendable: number;
  /** 待到账 */
  readonly pending: number;
  /** Whatever holds points, in the order in which they end; what never ends is last. */
  readonly lots: readonly LotPoints[];
};

/** `head` as its last posting left it. */
export function heldPoints(head: Head, now: number): HeldPoints {
  const stands = asOf(head, shopDay(now));
  const pending = pointsIn(stands.lots.filter(isWaiting));
  const rest = { ...noLot, points: restOf(stands) };
  const lots = [...stands.lots, rest].filter(({ points }) => points > 0);
  return { spendable: stands.balance - pending, pending, lots: lots.map(bare) };
}

const isWaiting = ({ releaseOn }: LotKey): boolean => releaseOn !== null;
const bare = ({ lastOn, releaseOn, points }: LotPoints): LotPoints => ({ lastOn, releaseOn, points });

/** All that is hers, whether or not it can be spent yet. */
export const allOf = ({ spendable, pending }: HeldPoints): number => spendable + pending;

/** 即将到期: the days on which something ends, the first of them at the front, whether it waits or not. */
export function endingIn({ lots }: HeldPoints): { readonly lastOn: string; readonly points: number }[] {
  const days = new Map<string, number>();
  for (const { lastOn, points } of lots)
    if (lastOn !== null) days.set(lastOn, (days.get(lastOn) ?? 0) + points);
  return [...days].map(([lastOn, points]) => ({ lastOn, points }));
}

/** The same month by month: its first and its last such day, and what ends within them. */
export function endingByMonth(
  ends: ReturnType<typeof endingIn>,
): { readonly firstOn: string; readonly lastOn: string; readonly points: number }[] {
  const months = Map.groupBy(ends, ({ lastOn }) => lastOn.slice(0, 'YYYY-MM'.length));
  return [...months.values()].map((days) => ({
    firstOn: days[0]?.lastOn ?? '',
    lastOn: days.at(-1)?.lastOn ?? '',
    points: days.reduce((sum, { points }) => sum + points, 0),
  }));
}

/** 待到账: from which day how much can be spent. */
export function waitingIn({ lots }: HeldPoints): { readonly releaseOn: string; readonly points: number }[] {
  const days = new Map<string, number>();
  for (const { releaseOn, points } of lots)
    if (releaseOn !== null) days.set(releaseOn, (days.get(releaseOn) ?? 0) + points);
  return [...days].map(([releaseOn, points]) => ({ releaseOn, points })).toSorted(byDay);
}

const byDay = (one: { releaseOn: string }, other: { releaseOn: string }): number =>
  one.releaseOn < other.releaseOn ? -1 : 1;
