/** 写法: money, counts, moments and phones as the console shows them, in one place. */
import { defaultTimezone } from '../../../../schema/index.ts';
import { atHour, localDate } from '../../../decide/plain/dates.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import { grouped } from '../../words.ts';

const zone = defaultTimezone;
const minuteMs = 60_000;

/** 1,234.50 */
export function money(fen: number): string {
  const [whole = '0', cents] = yuanFigure(Math.abs(fen)).split('.');
  const figure = cents === undefined ? grouped(Number(whole)) : `${grouped(Number(whole))}.${cents}`;
  return `${fen < 0 ? '−' : ''}${figure}`;
}

export const count = (number: number): string => `${number < 0 ? '−' : ''}${grouped(Math.abs(number))}`;

/** +120 or −30: what was added or taken. */
export const change = (number: number, show: (number: number) => string = count): string =>
  number > 0 ? `+${show(number)}` : show(number);

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
