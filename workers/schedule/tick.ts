/** 定时: the one cron trigger. It runs its minute's chores one after another; a failing one does not stop the others. */
import { insertAlerts } from '../db/upkeep/alerts.ts';
import type { Db } from '../db/db.ts';
import type { Alert } from '../../schema/index.ts';
import { log } from '../platform/log.ts';
import { choreFailed } from '../words/alerts.ts';
import type { Chore } from './chores/define.ts';
import { chores } from './chores/index.ts';
import type { Round } from './round.ts';
import { choresAt, minuteOf } from './turns.ts';

/** `now` is the trigger's scheduled time, never the clock's. */
export const tick = (round: Round, now: number): Promise<void> =>
  doChores(choresAt(chores, minuteOf(now), round.plan), round, now);

/** Never throws: the chore's next turn finds what is left, and the shop is told. */
export async function doChores(due: readonly Chore[], round: Round, now: number): Promise<void> {
  const alerts: Alert[] = [];
  for (const chore of due) {
    try {
      await chore.run(round, now);
    } catch (error) {
      log('error', 'chore_failed', { chore: chore.name, why: wordsOf(error) });
      alerts.push(choreFailed(chore, now));
    }
  }
  await alarm(round.engine.db, alerts);
}

/** When the database is down no alert can be stored; the failure is in the log, and the next minute tries again. */
async function alarm(db: Db, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  try {
    await db.batch([insertAlerts(alerts)]);
  } catch (error) {
    log('error', 'alarm_failed', { why: wordsOf(error) });
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
