/** 签到: what a day is worth, and how many days in a row it makes. A missed day starts anew. */
import type { CheckIn, CheckInSettings } from '../../../schema/index.ts';
import { addDays } from '../plain/dates.ts';

/** Of the n-th day in a row. */
export const checkInPoints = ({ firstDay, moreEachDay, cap }: CheckInSettings, streakDays: number): number =>
  Math.min(firstDay + moreEachDay * (streakDays - 1), cap);

/** Days in a row that `today` makes, once it is there. */
export const streakWith = (last: CheckIn | null, today: string): number =>
  last !== null && last.lastOn === addDays(today, -1) ? last.streakDays + 1 : 1;

/** A clock that was set back makes no second day. */
export const hasCheckedIn = (last: CheckIn | null, today: string): last is CheckIn =>
  last !== null && last.lastOn >= today;

/** Under what the points of a day stand in the account. */
const causeBegin = 'check-in:';
export const checkInCause = (on: string): string => `${causeBegin}${on}`;
export const checkInDay = (cause: string): string => cause.slice(causeBegin.length);
