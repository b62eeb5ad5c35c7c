/** 免打扰: nobody is woken by what can wait; between nine in the evening and nine in the morning it waits. */
import { addDays, atHour, localDate, localHour } from './dates.ts';

/** Whole hours in the shop's zone, `to` excluded. */
export const wakingHours = { from: 9, to: 21 } as const;

/** That moment, or the morning after it. */
export function whenAwake(at: number, timezone: string): number {
  const hour = localHour(at, timezone);
  if (hour >= wakingHours.from && hour < wakingHours.to) return at;
  const today = localDate(at, timezone);
  return atHour(hour < wakingHours.from ? today : addDays(today, 1), wakingHours.from, timezone);
}
