/** 按天的消费: as far back as the rules look, and no more; and the largest purchases. */
import type { DayTotal, LevelSettings, TopSale } from '../../../schema/index.ts';
import { countsFrom } from './rules.ts';

/** Beyond it the two oldest are one, under the later day: that errs in the member's favour. */
export const daysKeptMax = 120;
const topsMax = 5;

export function addDay(days: readonly DayTotal[], [on, fen, orders]: DayTotal): DayTotal[] {
  const all = days.some(([day]) => day === on) ? [...days] : [...days, [on, 0, 0] as const];
  return all
    .map((one): DayTotal => (one[0] === on ? [on, one[1] + fen, one[2] + orders] : one))
    .filter(([, sum, times]) => sum !== 0 || times !== 0)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Without what no rule counts any more: the earliest day that counts today, or at the end of what stands. */
export function boundDays(days: readonly DayTotal[], settings: LevelSettings, on: string): DayTotal[] {
  const from = countsSince(settings, on);
  let kept = from === null ? [] : days.filter(([day]) => day >= from);
  while (kept.length > daysKeptMax) {
    const [[, fen, orders] = ['', 0, 0], [day, more, times] = ['', 0, 0], ...rest] = kept;
    kept = [[day, fen + more, orders + times], ...rest];
  }
  return kept;
}

/** Null where nothing is counted by days. */
function countsSince(settings: LevelSettings, on: string): string | null {
  const starts = settings.list.flatMap((rule) => countsFrom(rule, settings, on) ?? []);
  return starts.length === 0 ? null : (starts.toSorted()[0] ?? null);
}

/** Of one sale: what it was worth is replaced by what it is worth now; 0 is none. */
export function movedTop(
  tops: readonly TopSale[],
  on: string,
  moved: { before: number; after: number },
): TopSale[] {
  const { before, after } = moved;
  const place = before > 0 ? tops.findIndex(([day, fen]) => day === on && fen === before) : -1;
  const others = place < 0 ? tops : tops.toSpliced(place, 1);
  const all = after > 0 ? [...others, [on, after] as const] : [...others];
  return all.toSorted(largestFirst).slice(0, topsMax);
}

export const boundTops = (tops: readonly TopSale[], settings: LevelSettings, on: string): TopSale[] => {
  const from = settings.list.some(({ singleFen }) => singleFen !== null)
    ? (countsFrom({ withinDays: null }, settings, on) ?? '')
    : null;
  return from === null ? [] : tops.filter(([day]) => day >= from);
};

export const joinTops = (one: readonly TopSale[], other: readonly TopSale[]): TopSale[] =>
  [...one, ...other].toSorted(largestFirst).slice(0, topsMax);

const largestFirst = ([dayA, a]: TopSale, [dayB, b]: TopSale): number => b - a || (dayA < dayB ? -1 : 1);
