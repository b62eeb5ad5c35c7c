/** 每日限量: how many events of a weakly signed source are decided on one day; the rest are parked. */
import type { Reason } from '../../schema/index.ts';

/** One day of a source, and how many of its events may be decided. */
export type DailyCap = {
  readonly sourceId: string;
  /** The day on which it arrived, in the zone of the source, and its bounds. */
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly max: number;
};

/** Used up as events of one source and day are decided, in the order in which they came. */
export type Allowance = { left: number; readonly why: Reason };
export type Allowances = ReadonlyMap<string, Allowance>;

export const noAllowances: Allowances = new Map();

export const capKey = ({ sourceId, date }: DailyCap): string => `${date}/${sourceId}`;

/** Allowances by event id; `decided` is how many events were decided before, by `capKey`. */
export function allowancesOf(
  capped: readonly { readonly eventId: string; readonly cap: DailyCap }[],
  decided: ReadonlyMap<string, number>,
): Allowances {
  const byDay = new Map<string, Allowance>();
  const allowances = new Map<string, Allowance>();
  for (const { eventId, cap } of capped) {
    const key = capKey(cap);
    const allowance = byDay.get(key) ?? {
      left: cap.max - (decided.get(key) ?? 0),
      why: { code: 'DAILY_CAP', sourceId: cap.sourceId, date: cap.date, max: cap.max },
    };
    byDay.set(key, allowance);
    allowances.set(eventId, allowance);
  }
  return allowances;
}
