/** 点数: the totals of a window's pages, by day and store; a day that lies wholly in the window can be compared. */
import { StoreId, type CountedDay, type StoreTotals, type Tally } from '../../../../schema/index.ts';
import { addDays, atHour, localDate } from '../../../decide/plain/dates.ts';
import type { Counted, Window } from '../define.ts';

/** Older days are not compared: records that arrive more than a week late count as missing anyway. */
const daysBack = 7;

type Place = {
  readonly window: Window;
  readonly zone: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly now: number;
};

/** The days of the last week that begin and end inside the window; its first instant is excluded. */
export function wholeDays({ from, to }: Window, zone: string, now: number): string[] {
  const today = localDate(now, zone);
  const days: string[] = [];
  for (let back = daysBack; back > 0; back -= 1) {
    const date = addDays(today, -back);
    if (atHour(date, 0, zone) > from && atHour(addDays(date, 1), 0, zone) <= to) days.push(date);
  }
  return days;
}

/** After the last page, the counts are the vendor's totals of these days. */
export function counted(
  tally: Tally | null,
  sold: readonly Counted[],
  { window, zone, isFirst, isLast, now }: Place,
): Tally | null {
  const days = new Set(wholeDays(window, zone, now));
  const running = isFirst ? [] : (tally?.running ?? []);
  const added = sold.filter(({ date }) => days.has(date)).reduce(add, running);
  const known = tally?.whole ?? [];
  if (!isLast) return { running: added, whole: known };
  const told = added.map((day) => ({ ...day, saidAt: now }));
  const whole = [...known.filter(({ date }) => !told.some((day) => day.date === date)), ...told];
  return whole.length === 0 ? null : { running: [], whole };
}

function add(days: readonly CountedDay[], { date, store, paidFen }: Counted): readonly CountedDay[] {
  const day = days.find((known) => known.date === date) ?? { date, stores: [] };
  const id = StoreId.parse(store);
  const before = day.stores.find((known) => known.id === id) ?? { id, orders: 0, paidFen: 0 };
  const after: StoreTotals = { id, orders: before.orders + 1, paidFen: before.paidFen + paidFen };
  const stores = [...day.stores.filter((known) => known.id !== id), after];
  return [...days.filter((known) => known.date !== date), { date, stores }];
}
