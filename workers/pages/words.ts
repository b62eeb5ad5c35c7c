/** 说法: money, days and coupons as a member reads them. */
import { defaultTimezone, type CouponTemplateDefinition } from '../../schema/index.ts';
import type { Face } from '../decide/coupons/kinds/define.ts';
import { couponKindOf } from '../decide/coupons/kinds/index.ts';
import { atHour, localDate } from '../decide/plain/dates.ts';
import { yuanFigure } from '../decide/plain/yuan.ts';

/** 12,345 */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');

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

/** Four by four is read out without a slip. */
export const inFours = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ');
/** The large print on the coupon. */
export const faceOf = (definition: CouponTemplateDefinition): Face =>
  couponKindOf(definition).face(definition);

const minuteMs = 60_000;
const zone = defaultTimezone;

/** 11月8日, with the year when it is not this year, and the time when it is not midnight. */
export function momentOf(at: number, now: number): string {
  const on = localDate(at, zone);
  const [year = '', month, day] = on.split('-');
  const minutes = Math.floor((at - atHour(on, 0, zone)) / minuteMs);
  const two = (count: number): string => String(count).padStart(2, '0');
  const time = minutes === 0 ? '' : ` ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const isThisYear = localDate(now, zone).startsWith(year);
  return `${isThisYear ? '' : `${year}年`}${Number(month)}月${Number(day)}日${time}`;
}

/** Of a day: 11月8日. */
export const dayOf = (on: string, now: number): string => momentOf(atHour(on, 0, zone), now);

/** `validTo` is the first invalid instant; shown as the last valid day. */
export function lastMomentOf(to: number, now: number): string {
  const isMidnight = atHour(localDate(to, zone), 0, zone) === to;
  return isMidnight ? momentOf(atHour(localDate(to - 1, zone), 0, zone), now) : momentOf(to, now);
}

export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;
