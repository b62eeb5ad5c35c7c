/** 复核对账: compares days that differed again in the morning, after late uploads, and reports once what still differs. */
import { defaultTimezone } from '../../../schema/index.ts';
import { insertAlerts } from '../../db/upkeep/alerts.ts';
import type { Db } from '../../db/db.ts';
import { openReconciliations, reconcileRead } from '../../db/sources/reconciliation.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { addDays, hourMs, localDate } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';
import { stillDiffers } from '../alerts.ts';
import type { Chore } from './define.ts';

const daysBack = 7;
/** A day that was compared during the night is compared again in the morning. */
const againAfterMs = 6 * hourMs;
const daysPerTurn = 1;

export const reconciliations: Chore = {
  name: 'reconciliations',
  label: '复核对账',
  // One day a turn, sixty in the hour and fifteen on the free plan: a week of two systems.
  when: { everyMinutes: { free: 4, paid: 1 }, hours: { from: 10, to: 11 } },
  budget: { free: { statements: 8, cpuMs: 1 }, paid: { statements: 8, cpuMs: 10 } },
  run: ({ engine }, now) => compareAgain(engine.db, now),
};

/** Each differing day is compared once a morning. */
async function compareAgain(db: Db, now: number): Promise<void> {
  const today = localDate(now, defaultTimezone);
  const due = { from: addDays(today, -daysBack), comparedBefore: now - againAfterMs };
  for (const day of await openReconciliations(db, due, daysPerTurn)) {
    const source = await readSource(db, day.sourceId);
    if (!source) continue;
    // What was said meanwhile was compared when it was said.
    const compared = await reconcileRead(db, source, { ...day, readSaidAt: day.saidAt }, now);
    if (!compared || compared.isEqual) continue;
    await db.batch([insertAlerts([stillDiffers(source, compared, now)])]);
    log('warn', 'reconciliation_differs', { source: source.id, date: day.date });
  }
}
