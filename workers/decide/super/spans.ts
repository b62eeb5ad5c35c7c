/** 超级会员的日子: until when a plan lasts, how many whole days of it are still to come, and what they are worth. */
import type { SuperMembership, SuperPlan } from '../../../schema/index.ts';
import { addDays, addMonths, atHour, dayMs, localDate } from '../plain/dates.ts';

/** Whoever is one at this instant: from the end on she is none, and nothing has to run for it. */
export const isSuper = ({ superUntil }: { readonly superUntil: number | null }, at: number): boolean =>
  superUntil !== null && at < superUntil;

/** Nobody is sold more than so many days in advance. */
const daysAheadMax = 3_660;
export const farthest = (now: number): number => now + daysAheadMax * dayMs;

type Span = { readonly fromAt: number; readonly untilAt: number };
type Lasting = Pick<SuperPlan, 'days' | 'months'>;

/**
 * From the later of now and her end. The first day counts as a whole one, and the last ends at midnight: 12 months from 1 January
 * end with 31 December. An end that is no midnight counts its day to the last.
 */
export function spanOf(plan: Lasting, superUntil: number | null, now: number, timezone: string): Span {
  const isRenewal = superUntil !== null && superUntil > now;
  const fromAt = isRenewal ? superUntil : now;
  const startsOn = isRenewal ? addDays(localDate(fromAt - 1, timezone), 1) : localDate(fromAt, timezone);
  return { fromAt, untilAt: atHour(endOn(plan, startsOn), 0, timezone) };
}

/** The day on which it is over. A month that has no such day ends with its last, which still counts. */
function endOn({ days, months }: Lasting, startsOn: string): string {
  if (months === null) return addDays(startsOn, days ?? 0);
  const on = addMonths(startsOn, months);
  return on.slice('YYYY-MM-'.length) === startsOn.slice('YYYY-MM-'.length) ? on : addDays(on, 1);
}

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs));

/** 还没过的整天 and all of its days; today is begun, and counts as gone. */
function daysOf(
  { fromAt, untilAt }: Span,
  at: number,
  timezone: string,
): { readonly left: number; readonly all: number } {
  const endsOn = localDate(untilAt, timezone);
  const startsOn = localDate(fromAt, timezone);
  const all = Math.max(1, daysBetween(startsOn, endsOn));
  const left = at < fromAt ? all : daysBetween(addDays(localDate(at, timezone), 1), endsOn);
  return { left: Math.min(left, all), all };
}

/** In the shop's favour by less than a fen. */
export function byDaysFen(
  { paidFen, ...span }: Span & Pick<SuperMembership, 'paidFen'>,
  at: number,
  timezone: string,
): number {
  const { left, all } = daysOf(span, at, timezone);
  return Math.floor((paidFen * left) / all);
}

/** Until when she is one without this membership. `others` are her other ones; what the office gave besides stays hers. */
export function untilWithout(
  gone: Pick<SuperMembership, 'fromAt' | 'untilAt' | 'beforeAt'>,
  { superUntil, others, at, isUndone }: Leaving,
): number | null {
  if (superUntil === null) return null;
  const left = gone.untilAt - Math.max(at, gone.fromAt);
  const next = Math.max(superUntil - left, ...others.map(({ untilAt }) => untilAt));
  // What never was leaves her as she was.
  return isUndone && next <= at ? gone.beforeAt : Math.min(next, superUntil);
}
type Leaving = {
  readonly superUntil: number | null;
  /** Of those that count. */
  readonly others: readonly Pick<SuperMembership, 'untilAt'>[];
  readonly at: number;
  readonly isUndone: boolean;
};
