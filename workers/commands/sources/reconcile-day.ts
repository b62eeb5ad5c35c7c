/** 对账: a source says what it sold in a day, and what of it was not received is found out. */
import type { DayTotals, Reconciliation } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { reconcile } from '../../db/sources/reconciliation.ts';
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
  // A day begins 14 hours earlier in the easternmost zone.
  if (Date.parse(date) > now + dayMs) return invalidField('date', 'has not come yet');
  const source = await readSource(db, id);
  return source ? reconcile(db, source, { date, said, saidAt: now }, now) : unknownSource;
}
