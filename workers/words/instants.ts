/** 时刻的说法: by the shop's clock, to the minute. */
import { defaultTimezone } from '../../schema/index.ts';
import { atHour, localDate } from '../decide/plain/dates.ts';

const minuteMs = 60_000;
const two = (part: number): string => String(part).padStart(2, '0');

/** `2026-11-08 00:00`, by the shop's clock. */
export function instantWords(at: number): string {
  const on = localDate(at, defaultTimezone);
  const minutes = Math.floor((at - atHour(on, 0, defaultTimezone)) / minuteMs);
  return `${on} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
