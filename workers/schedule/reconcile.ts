/** 复核对账: days that differed are compared again in the morning, when late uploads are in; what still differs is said once. */
import { defaultTimezone } from '../../schema/index.ts';
import { insertAlerts } from '../db/upkeep/alerts.ts';
import type { Db } from '../db/db.ts';
import { openReconciliations, reconcile } from '../db/sources/reconciliation.ts';
import { readSource } from '../db/sources/registered-sources.ts';
import { addDays, hourMs, localDate, localHour } from '../decide/plain/dates.ts';
import { log } from '../platform/log.ts';
import { stillDiffers } from './alerts.ts';

const morningHour = 10;
const daysBack = 7;
/** A day that was said this night is worth another look in the morning. */
const againAfterMs = 6 * hourMs;
/** One a minute, sixty in the hour: more than a week of any merchant's systems. */
const daysPerTick = 1;

/** One query a minute in the tenth hour; each day that differs is compared once a morning. */
export async function compareAgain(db: Db, now: number): Promise<void> {
  if (localHour(now, defaultTimezone) !== morningHour) return;
  const today = localDate(now, defaultTimezone);
  const due = { from: addDays(today, -daysBack), comparedBefore: now - againAfterMs };
  for (const day of await openReconciliations(db, due, daysPerTick)) {
    const source = await readSource(db, day.sourceId);
    if (!source) continue;
    const compared = await reconcile(db, source, day, now);
    if (compared.isEqual) continue;
    await db.batch([insertAlerts([stillDiffers(source, compared, now)])]);
    log('warn', 'reconciliation_differs', { source: source.id, date: day.date });
  }
}
