/** 积分批次 of one account, in the order in which they end: lots that meet are made one, and there are never too many. */
import type { Lot, LotKey, LotPoints } from '../../../schema/index.ts';
import { daysBetween } from '../plain/dates.ts';
import { isSame } from '../plain/same.ts';

/** More than two neighbours could tell apart; beyond it the two that end closest to each other are made one. */
export const lotsMax = 40;

/** Later than any day on which points end. */
export const never = '9999-12-31';

export const isSameLot = (one: LotKey, other: LotKey): boolean =>
  one.lastOn === other.lastOn && one.releaseOn === other.releaseOn;
const inOrder = (one: LotKey, other: LotKey): number =>
  compare(one.lastOn ?? never, other.lastOn ?? never) || compare(one.releaseOn ?? '', other.releaseOn ?? '');
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
export const pointsIn = (lots: readonly LotPoints[]): number =>
  lots.reduce((sum, { points }) => sum + points, 0);

export function withLot(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const known = lots.find((one) => isSameLot(one, lot));
  if (!known) return [...lots, lot].toSorted(inOrder);
  return lots.map((one) => (one === known ? join(known, lot, lot) : one));
}

/** Counted so that what came into the one after the other began seems to have come after it: nobody's points are left that are another's. */
function join(one: Lot, other: Lot, { lastOn, releaseOn }: LotKey): Lot {
  const [first, later] = one.since <= other.since ? [one, other] : [other, one];
  return {
    lastOn,
    releaseOn,
    points: one.points + other.points,
    since: first.since,
    credited: later.credited + Math.max(0, first.credited - later.since),
    isTold: [one, other].some((lot) => lot.isTold && lot.lastOn === lastOn),
  };
}

/** Two members' lots, as one has them. Their accounts count differently: each seems to have come after the other. */
export const joinLots = (lots: readonly Lot[], others: readonly Lot[]): readonly Lot[] =>
  bounded(
    others.reduce((joined, lot) => {
      const known = joined.find((one) => isSameLot(one, lot));
      if (!known) return withLot(joined, lot);
      const credited = Math.max(known.credited + lot.points, lot.credited + known.points);
      const both = { ...join(known, lot, lot), credited };
      return joined.map((one) => (one === known ? both : one));
    }, lots),
  );

/** The lots of a survivor without what a merger brought; as they were before, where nothing has happened to them since. */
export function partLots(
  now: readonly Lot[],
  { into, joined }: { readonly into: readonly Lot[]; readonly joined: readonly Lot[] },
): readonly Lot[] {
  if (isSame(now, joined)) return into;
  return now.flatMap((lot) => {
    const before = into.find((one) => isSameLot(one, lot));
    const after = joined.find((one) => isSameLot(one, lot));
    if (!after) return [lot];
    const points = Math.max(0, lot.points - after.points + (before?.points ?? 0));
    const credited = lot.credited - after.credited + (before ?? after).credited;
    return before || points > 0 ? [{ ...lot, points, credited }] : [];
  });
}

/** Never more than `lotsMax`: of two that are made one the later day counts, and nobody waits longer for it. */
export function bounded(lots: readonly Lot[]): readonly Lot[] {
  let kept = lots;
  while (kept.length > lotsMax) {
    const [one, other] = closest(kept);
    const { releaseOn } = (one.releaseOn ?? '') < (other.releaseOn ?? '') ? one : other;
    const both = join(one, other, { lastOn: other.lastOn, releaseOn });
    kept = withLot(
      kept.filter((lot) => lot !== one && lot !== other),
      both,
    );
  }
  return kept;
}

/** Neighbours of a kind, the one that ends first at the front. An empty one costs nobody anything. */
function closest(lots: readonly Lot[]): readonly [Lot, Lot] {
  let best: { readonly pair: readonly [Lot, Lot]; readonly days: number } | null = null;
  for (const waits of [false, true]) {
    const kind = lots.filter(({ releaseOn }) => (releaseOn !== null) === waits);
    for (const [place, other] of kind.entries()) {
      const one = kind[place - 1];
      if (!one) continue;
      const days = one.points === 0 ? 0 : daysBetween(one.lastOn ?? never, other.lastOn ?? never);
      if (best === null || days < best.days) best = { pair: [one, other], days };
    }
  }
  if (best === null) throw new Error(`no two of ${lots.length} lots can be made one`);
  return best.pair;
}
