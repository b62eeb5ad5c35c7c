/** 每日限量: what a source that cannot sign well may still bring about on one day; what comes after waits for a person. */
import type { Reason } from '../../schema/index.ts';

/** A day of a source, as long as what arrived in it may bring about something. */
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

/** By event id; `decided` counts by `capKey` what was decided before. */
export function allowancesOf(
  told: readonly { readonly eventId: string; readonly cap: DailyCap }[],
  decided: ReadonlyMap<string, number>,
): Allowances {
  const byDay = new Map<string, Allowance>();
  const allowances = new Map<string, Allowance>();
  for (const { eventId, cap } of told) {
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
