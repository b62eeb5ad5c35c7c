/** 结账日: from when a day of the books can be closed. */
import { defaultTimezone } from '../../../schema/index.ts';
import { addDays, atHour, hourMs, localDate } from '../plain/dates.ts';

/** Longer than any invocation lives: nothing that was decided before midnight is written after it. */
const settledAfterMs = hourMs;

/** The last day of which everything is posted. */
export const dayToClose = (now: number): string =>
  addDays(localDate(now - settledAfterMs, defaultTimezone), -1);

export const dayOf = (
  onDay: string,
): { readonly onDay: string; readonly from: number; readonly to: number } => ({
  onDay,
  from: atHour(onDay, 0, defaultTimezone),
  to: atHour(addDays(onDay, 1), 0, defaultTimezone),
});
