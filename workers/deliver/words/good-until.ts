/** 过时: what could not be sent in time is not sent late. */
import type { MerchantSettings } from '../../../schema/index.ts';
import { addDays, atHour, dayMs, hourMs } from '../../decide/plain/dates.ts';

export type Age = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly settings: Pick<MerchantSettings, 'tellSaleWithinHours'>;
  /** Where the day of a reminder ends. */
  readonly timezone: string;
};

/** 过期不通知: counted from the sale; what speaks of none may be told whenever that is. */
export const whileSaleIsNew = ({ payload: { at }, settings }: Age): number =>
  typeof at === 'number' ? at + settings.tellSaleWithinHours * hourMs : Infinity;

/** A day is left even to a reminder that was written at the last moment. */
export const untilTheEndOf =
  (lastOn: (facts: Readonly<Record<string, string>>) => string) =>
  ({ payload, createdAt, timezone }: Age): number => {
    const facts = Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : '',
    ]);
    const day = lastOn(Object.fromEntries(facts));
    const tomorrow = createdAt + dayMs;
    return day === '' ? tomorrow : Math.max(tomorrow, atHour(addDays(day, 1), 0, timezone));
  };
