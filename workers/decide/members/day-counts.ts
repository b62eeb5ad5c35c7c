/** 按日计次: counts by the day of the sale, whenever it is told, so that a receipt told late finds its own day as it was. */
import type { DayCounts, MemberCounter } from '../../../schema/index.ts';
import { addDays } from '../plain/dates.ts';

/** A till that was offline catches up within days; a file this old is history and earns nothing. */
const daysKept = 14;
/** A clock that runs ahead writes days that do not grow old. */
const daysMax = 31;

export type Days = Pick<MemberCounter, 'days' | 'forgottenTo'>;

/**
 * Null for a day of which something may have been dropped: whoever keeps a limit takes it for used up. So a limit is never
 * passed, in whatever order receipts come; a member may lose what a receipt told more than two weeks late would have brought.
 */
export function usedOn({ days, forgottenTo }: Days, on: string): number | null {
  return forgottenTo !== null && on <= forgottenTo ? null : (days[on] ?? 0);
}

/** What is given back on a day that is forgotten leaves no trace. */
export function countOn(before: Days, { on, times }: { on: string; times: number }, today: string): Days {
  const used = usedOn(before, on);
  const days = used === null ? before.days : { ...before.days, [on]: Math.max(0, used + times) };
  return trimmed({ days, forgottenTo: before.forgottenTo }, today);
}

export function joinDays(one: Days, other: Days): Days {
  const days: Record<string, number> = { ...one.days };
  for (const [on, used] of Object.entries(other.days)) days[on] = (days[on] ?? 0) + used;
  return tidied(days, later(one.forgottenTo, other.forgottenTo));
}

/** What a joining added is taken off day by day; what was counted or forgotten since stays so. */
export function partDays(
  now: Days,
  { before, after }: { readonly before: Days; readonly after: Days },
): Days {
  const days: Record<string, number> = { ...now.days };
  for (const on of new Set([...Object.keys(before.days), ...Object.keys(after.days)]))
    days[on] = Math.max(0, (days[on] ?? 0) - (after.days[on] ?? 0) + (before.days[on] ?? 0));
  return tidied(days, now.forgottenTo === after.forgottenTo ? before.forgottenTo : now.forgottenTo);
}

/** Old days go first; with them goes the knowledge of every day before. */
function trimmed({ days, forgottenTo }: Days, today: string): Days {
  const used = Object.keys(days)
    .filter((on) => days[on] !== 0)
    .toSorted();
  const oldest = addDays(today, -daysKept);
  const dropped = used.filter((on, place) => on < oldest || place < used.length - daysMax);
  return tidied(days, later(forgottenTo, dropped.at(-1) ?? null));
}

/** The same counts are the same row, in whatever order they came. */
const tidied = (days: DayCounts, forgottenTo: string | null): Days => ({
  days: Object.fromEntries(
    Object.entries(days)
      .filter(([on, used]) => used > 0 && (forgottenTo === null || on > forgottenTo))
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ),
  forgottenTo,
});

const later = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other > one) ? other : one;
