/** 营业时间: how long the shop has been open between two instants. */
import { addDays, atHour, localDate, localHour } from '../decide/plain/dates.ts';

export type BusinessHours = { readonly from: number; readonly to: number };

/** Minutes further back are not counted. */
const daysBackMax = 14;

export const isOpen = (at: number, { from, to }: BusinessHours, zone: string): boolean => {
  const hour = localHour(at, zone);
  return hour >= from && hour < to;
};

export function openMsBetween(since: number, now: number, hours: BusinessHours, zone: string): number {
  const today = localDate(now, zone);
  let openMs = 0;
  for (let back = 0; back <= daysBackMax; back += 1) {
    const day = addDays(today, -back);
    const opens = Math.max(since, atHour(day, hours.from, zone));
    const closes = Math.min(now, atHour(day, hours.to, zone));
    openMs += Math.max(0, closes - opens);
    if (since >= atHour(day, 0, zone)) break;
  }
  return openMs;
}
