/** 写法: money, counts, moments and phones as the console shows them, in one place. */
import { defaultTimezone } from '../../../../schema/index.ts';
import { atHour, localDate } from '../../../decide/plain/dates.ts';

export { change, count, money } from '../../words.ts';

const zone = defaultTimezone;
const minuteMs = 60_000;

/** 11-30 09:05, with the year when it is not this year. */
export function moment(at: number, now: number): string {
  const on = localDate(at, zone);
  const minutes = Math.floor((at - atHour(on, 0, zone)) / minuteMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = localDate(now, zone).slice(0, 4) === on.slice(0, 4) ? on.slice(5) : on;
  return `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export const day = (at: number): string => localDate(at, zone);

/** Of a phone, what tells two people apart and calls neither. */
export const maskedPhone = (phone: string): string =>
  phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** 6.67%: of a rate with four decimals. */
export const percent = (rate: number): string => `${String(Math.round(rate * 10_000) / 100)}%`;
