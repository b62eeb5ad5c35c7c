/** 当地时间: instants as systems without zones write them. */
import { atHour, localDate } from '../../../decide/plain/dates.ts';

/** `2026-11-22 14:59:00`, as a clock in the zone shows it. */
export function localTime(at: number, zone: string): string {
  const date = localDate(at, zone);
  // When the clocks change, the hour is off by one on that day; the overlap of windows covers it.
  const seconds = Math.floor((at - atHour(date, 0, zone)) / 1000);
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${date} ${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}
