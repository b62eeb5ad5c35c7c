/** 宝宝的日子: which birthdays and due dates can be true on a given day. A wrong birthday would send wrong coupons for years. */
import type { Child } from '../../../schema/index.ts';
import { isDay } from '../../../schema/plain.ts';
import { addDays, addMonths } from '../plain/dates.ts';

/** A pregnancy lasts 280 days; a due date further away than this is a slip of the finger. */
export const dueDaysMax = 300;
/** This long after the due date the child counts as born. */
export const overdueDaysMax = 28;
/** An older child is no baby. */
export const childYearsMax = 18;

export type ChildMiss =
  | { readonly reason: 'not-a-day' }
  /** The birthday is in the future, and the child is not marked as expected. */
  | { readonly reason: 'not-born-yet' }
  | { readonly reason: 'too-old'; readonly from: string }
  | { readonly reason: 'due-too-far'; readonly to: string }
  | { readonly reason: 'due-long-past'; readonly from: string };

/** Null when the date is plausible. */
export function childMiss({ born, isExpected }: Child, today: string): ChildMiss | null {
  if (!isDay(born)) return { reason: 'not-a-day' };
  if (isExpected) {
    const [from, to] = [addDays(today, -overdueDaysMax), addDays(today, dueDaysMax)];
    if (born > to) return { reason: 'due-too-far', to };
    return born < from ? { reason: 'due-long-past', from } : null;
  }
  if (born > today) return { reason: 'not-born-yet' };
  const from = addMonths(today, -12 * childYearsMax);
  return born < from ? { reason: 'too-old', from } : null;
}
