/** 过生日: which day's birthdays are looked up now, and who has theirs on it. */
import { defaultTimezone } from '../../../schema/index.ts';
import { addDays, localDate, localHour } from '../plain/dates.ts';
import { wakingHours } from '../plain/quiet.ts';

/** How far a day has come: `after` is the last member looked at; null when all were. */
export type BirthdayRun = { readonly on: string; readonly after: string | null };

/** A clock that stood still makes up for so many days; a greeting that comes later is none. */
const lateDaysMax = 2;

/** 免打扰: between nine in the evening and nine in the morning there is none. */
export function dayOfBirthdays(now: number): string | null {
  const hour = localHour(now, defaultTimezone);
  return hour >= wakingHours.from && hour < wakingHours.to ? localDate(now, defaultTimezone) : null;
}

/** Goes on with the day that was begun, then with the next; null when today is done. */
export function nextRun(run: BirthdayRun | null, today: string): { on: string; after: string } | null {
  const oldest = addDays(today, -lateDaysMax);
  if (run === null) return { on: today, after: '' };
  if (run.after !== null && run.on >= oldest) return { on: run.on, after: run.after };
  const next = addDays(run.on, 1);
  const on = next < oldest ? oldest : next;
  return on > today ? null : { on, after: '' };
}

export const isFirstOfMonth = (on: string): boolean => on.endsWith('-01');

/** MM-DD of everybody whose birthday it is: who was born on 29 February has it on the 28th in other years. */
export function birthdaysOn(on: string): readonly string[] {
  const own = on.slice('YYYY-'.length);
  const isLast = own === '02-28' && addDays(on, 1).endsWith('-03-01');
  return isLast ? [own, '02-29'] : [own];
}
