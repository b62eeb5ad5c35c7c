/** 对账: a source reports what it sold in a day, and what was not received is found. */
import type { DayTotals, Reconciliation } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { readReconciliation, reconcile, reconcileRead } from '../../db/sources/reconciliation.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import { unknownSource } from './register.ts';

export type Day = {
  readonly id: string;
  readonly date: string;
  readonly said: DayTotals;
  /** What `said` was made of: then nothing is written where somebody has said something else meanwhile. */
  readonly before?: Reconciliation | null;
};

export async function reconcileDay(
  db: Db,
  { id, date, said, before }: Day,
  now: number,
): Promise<Reconciliation | Problem> {
  // In the easternmost zone a day begins 14 hours before UTC.
  if (Date.parse(date) > now + dayMs) return invalidField('date', 'has not come yet');
  const source = await readSource(db, id);
  if (!source) return unknownSource;
  const day = { date, said, saidAt: now };
  if (before === undefined) return reconcile(db, source, day, now);
  return (
    (await reconcileRead(db, source, { ...day, readSaidAt: before?.saidAt ?? null }, now)) ?? saidMeanwhile
  );
}

export const saidMeanwhile: Problem = {
  status: 409,
  code: 'said_meanwhile',
  detail: 'somebody else has just said something of this day',
};

/** 再比一次: what was said of the day, with what has arrived since. */
export async function compareDayAgain(
  db: Db,
  { id, date }: Pick<Day, 'id' | 'date'>,
  now: number,
): Promise<Reconciliation | Problem> {
  const [source, day] = await Promise.all([readSource(db, id), readReconciliation(db, id, date)]);
  if (!source || !day) return unknownSource;
  const compared = await reconcileRead(db, source, { ...day, readSaidAt: day.saidAt }, now);
  // What was said meanwhile was compared when it was said.
  return compared ?? (await readReconciliation(db, id, date)) ?? unknownSource;
}
