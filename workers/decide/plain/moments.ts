/** 时间: the moments that a till may name, and since when promises may answer for what it tells. */
import type { DomainEvent } from '../../../schema/index.ts';
import { dayMs } from './dates.ts';

/** A till in another zone, or one whose clock runs ahead, may be a day early. */
const aheadMs = dayMs;
const yearMs = 365.25 * dayMs;
const receiptYears = 10;
/** A member may have been entered, and a product listed, long before there were receipts to tell of. */
const recordYears = 50;

const isRecord = (type: string): boolean => type.startsWith('member.') || type.startsWith('product.');

/** Outside these a clock stands still, or was set wrong. */
export function isPlausible(type: string, at: number, now: number): boolean {
  const years = isRecord(type) ? recordYears : receiptYears;
  return at <= now + aheadMs && at >= now - years * yearMs;
}

/** A member may be told of today and have registered years ago; a moment that cannot be (a field left at its zero) is none. */
export function happenedAt(event: DomainEvent): number {
  const isMember = event.type === 'member.created' || event.type === 'member.updated';
  const registeredAt = isMember ? event.data.registeredAt : null;
  if (registeredAt == null || !isPlausible(event.type, registeredAt, event.occurredAt))
    return event.occurredAt;
  return Math.min(registeredAt, event.occurredAt);
}
