/** 待结算: commission by the day on which it is due and the store. A return of the same days takes it away again. */
import type { Invited, StoreId } from '../../../schema/index.ts';

type Wait = Invited['waits'][number];

/** A friend who buys in more places on more days waits a little longer for the rest. */
const waitsMax = 100;

export function addWait(waits: readonly Wait[], [on, storeId, fen]: Wait): readonly Wait[] {
  const same = waits.find(([day, store]) => day === on && store === storeId);
  const others = waits.filter((one) => one !== same);
  const sum = (same?.[2] ?? 0) + fen;
  const next = sum === 0 ? others : [...others, [on, storeId, sum] as const];
  return bounded(next.toSorted(byDay));
}

const byDay = ([one]: Wait, [other]: Wait): number => (one < other ? -1 : one > other ? 1 : 0);

/** The last two become one, due on the later day. */
function bounded(waits: readonly Wait[]): readonly Wait[] {
  const [before, last] = waits.slice(-2);
  if (waits.length <= waitsMax || !before || !last) return waits;
  const [on, storeId, fen] = last;
  return addWait(waits.slice(0, -2), [on, storeId, fen + before[2]]);
}

/** What is due today, by store: gains first, so that what is taken back finds them there. */
export function dueBy(
  waits: readonly Wait[],
  today: string,
): { readonly due: readonly (readonly [StoreId, number])[]; readonly left: readonly Wait[] } {
  const sums = new Map<StoreId, number>();
  for (const [on, storeId, fen] of waits) if (on <= today) sums.set(storeId, (sums.get(storeId) ?? 0) + fen);
  return {
    due: [...sums].filter(([, fen]) => fen !== 0).toSorted(([, one], [, other]) => other - one),
    left: waits.filter(([on]) => on > today),
  };
}
