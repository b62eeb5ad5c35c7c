/**
 * 积分批次: which points are spent first, which wait, and which are over. The lots of an account never hold more than its balance;
 * what they do not hold never ends and waits for nothing.
 */
import {
  defaultTimezone,
  type Lot,
  type LotKey,
  type LotPoints,
  type PointsSettings,
} from '../../../schema/index.ts';
import { addDays, addMonths, localDate } from '../plain/dates.ts';
import { bounded, isSameLot, never, pointsIn, withLot } from './lot-list.ts';

/** The last row of an account: the next posting builds on it. Only 积分 has lots, in the order in which they end. */
export type Head = {
  readonly seq: number;
  readonly balance: number;
  readonly credited: number;
  readonly lots: readonly Lot[];
};

export const emptyHead: Head = { seq: 0, balance: 0, credited: 0, lots: [] };

/** 不过期, and at once: no lot is kept of these. */
export const noLot: LotKey = { lastOn: null, releaseOn: null };

/** Points end with a day of the shop, wherever they were earned. */
export const shopDay = (at: number): string => localDate(at, defaultTimezone);

export const isOver = ({ lastOn }: LotKey, today: string): boolean => lastOn !== null && lastOn < today;
/** Where points of that day go. Those of a sale wait until it can no longer be returned. */
export function lotFor({ expiry, pendingDays }: PointsSettings, on: string, ofSale: boolean): LotKey {
  const releaseOn = ofSale && pendingDays > 0 ? addDays(on, pendingDays) : null;
  switch (expiry.mode) {
    case 'never':
      return { lastOn: null, releaseOn };
    case 'months':
      return { lastOn: addMonths(on, expiry.months), releaseOn };
    case 'next-year-end':
      return { lastOn: `${String(Number(on.slice(0, 4)) + 1)}-12-31`, releaseOn };
    default:
      return expiry satisfies never;
  }
}

/** 积分批次 of a sale, as the settings have it when the sale is first told; null where points neither wait nor end. */
export function saleLot(settings: PointsSettings, occurredOn: string): LotKey | null {
  const lot = lotFor(settings, occurredOn, true);
  return lot.lastOn === null && lot.releaseOn === null ? null : lot;
}

/** The same place today: what waited long enough waits no more, and what would be over is good for some days from now. */
export function lotNow(key: LotKey, today: string, { backDays }: PointsSettings): LotKey {
  if (isOver(key, today)) return { lastOn: addDays(today, backDays), releaseOn: null };
  return isPending(key, today) ? key : { lastOn: key.lastOn, releaseOn: null };
}

export const isPending = ({ releaseOn }: LotKey, today: string): boolean =>
  releaseOn !== null && releaseOn > today;

/** What is past its last day, by that day, and the other lots. Null where nothing is. */
export function overOf(
  head: Head,
  today: string,
): { readonly days: ReadonlyMap<string, number>; readonly lots: readonly Lot[] } | null {
  if (!head.lots.some((lot) => isOver(lot, today))) return null;
  const lots = fitted(head);
  const days = new Map<string, number>();
  for (const { lastOn, points } of lots.filter((lot) => isOver(lot, today)))
    if (lastOn !== null) days.set(lastOn, (days.get(lastOn) ?? 0) + points);
  return { days, lots: lots.filter((lot) => !isOver(lot, today)) };
}

/** The account as it stands today, whether or not that was posted: without what is over, and with what waits no more. */
export function asOf(head: Head, today: string): Head {
  if (head.lots.length === 0) return head;
  const lots = fitted(head);
  const over = pointsIn(lots.filter((lot) => isOver(lot, today)));
  let standing: readonly Lot[] = [];
  for (const lot of lots) {
    if (isOver(lot, today)) continue;
    const { lastOn } = lot;
    if (isPending(lot, today)) standing = withLot(standing, lot);
    else if (lastOn !== null) standing = withLot(standing, { ...lot, releaseOn: null });
  }
  return { ...head, balance: head.balance - over, lots: standing };
}

/** What the lots leave of the balance. */
export const restOf = ({ balance, lots }: Head): number => Math.max(0, balance) - pointsIn(lots);

/** No lot holds what the balance does not. */
function fitted(head: Head): readonly Lot[] {
  const excess = -restOf(head);
  return excess > 0 ? takeFrom({ ...head, balance: pointsIn(head.lots) }, excess).lots : head.lots;
}

/** `head` as it stands today. An account below zero is filled up first. What comes back was received before. */
export function putInto(head: Head, key: LotKey, points: number, isBack = false): readonly Lot[] {
  if (isSameLot(key, noLot)) return head.lots;
  const kept = Math.max(0, Math.min(points, head.balance + points));
  const known = head.lots.find((lot) => isSameLot(lot, key));
  if (known) {
    const more = { ...known, points: known.points + kept, credited: known.credited + (isBack ? 0 : points) };
    return head.lots.map((lot) => (lot === known ? more : lot));
  }
  const { credited: since } = head;
  const lot = { ...key, points: kept, since, credited: since + points, isTold: false };
  return bounded(withLot(head.lots, lot));
}

type Took = { readonly lots: readonly Lot[]; readonly taken: readonly LotPoints[] };

/**
 * `head` as it stands today. `first` gives before all others; then what ends first, then what never ends, and what waits gives
 * last. Whatever nobody has is owed.
 */
export function takeFrom(head: Head, points: number, first: LotKey | null = null): Took {
  const own = first === null ? undefined : find(head.lots, first);
  const rest: LotPoints = { ...noLot, points: restOf(head) };
  const isFirst = (lot: LotPoints): boolean =>
    lot === own || (first !== null && own === null && lot === rest);
  const turns = [...head.lots.filter(({ releaseOn }) => releaseOn === null), rest];
  turns.push(...head.lots.filter(({ releaseOn }) => releaseOn !== null));
  const taken = new Map<LotPoints, number>();
  let open = points;
  for (const lot of [...turns.filter(isFirst), ...turns.filter((one) => !isFirst(one))]) {
    const amount = Math.min(open, Math.max(0, lot.points));
    open -= amount;
    if (amount > 0) taken.set(lot, amount);
  }
  return {
    lots: head.lots.map((lot) => ({ ...lot, points: lot.points - (taken.get(lot) ?? 0) })),
    taken: [...taken].map(([{ lastOn, releaseOn }, amount]) => ({ lastOn, releaseOn, points: amount })),
  };
}

/** The lot under this key, or the one that it was made one with; null is what no lot is kept of. */
function find(lots: readonly Lot[], key: LotKey): Lot | null | undefined {
  if (isSameLot(key, noLot)) return null;
  const waits = key.releaseOn !== null;
  const ends = key.lastOn ?? never;
  return (
    lots.find((lot) => isSameLot(lot, key)) ??
    lots.find((lot) => (lot.releaseOn !== null) === waits && (lot.lastOn ?? never) >= ends)
  );
}

/** What went into the lot, up to now; `head` and `key` as they stand today. */
export const creditedOf = (head: Head, key: LotKey): number =>
  head.lots.find((lot) => isSameLot(lot, key))?.credited ?? head.credited;

/** First in, first spent, within a lot: what is left of what had come in by `mark`. */
export function leftOf(head: Head, key: LotKey, mark: number): number {
  const lot = find(head.lots, key);
  if (lot === undefined) return 0;
  const { points, credited } = lot ?? { points: restOf(head), credited: head.credited };
  return Math.max(0, points - Math.max(0, credited - mark));
}
