/** 对账: a source reports what it sold in a day, and what was not received is found. */
import type { DayTotals, Reconciliation } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { readReconciliation, reconcile } from '../../db/sources/reconciliation.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import { unknownSource } from './register.ts';

export type Day = { readonly id: string; readonly date: string; readonly said: DayTotals };

export async function reconcileDay(
  db: Db,
  { id, date, said }: Day,
  now: number,
): Promise<Reconciliation | Problem> {
  // In the easternmost zone a day begins 14 hours before UTC.
  if (Date.parse(date) > now + dayMs) return invalidField('date', 'has not come yet');
  const source = await readSource(db, id);
  return source ? reconcile(db, source, { date, said, saidAt: now }, now) : unknownSource;
}

/** 再比一次: what was said of the day, with what has arrived since. */
export async function compareDayAgain(
  db: Db,
  { id, date }: Pick<Day, 'id' | 'date'>,
  now: number,
): Promise<Reconciliation | Problem> {
  const [source, day] = await Promise.all([readSource(db, id), readReconciliation(db, id, date)]);
  return source && day ? reconcile(db, source, day, now) : unknownSource;
}
