/** 要管的事: what of the system is red or will be, from what was read; the page shows all of it, 今天 the number. */
import type { Running } from '../../../db/upkeep/running.ts';
import { dayMs } from '../../../decide/plain/dates.ts';
import type { Plan } from '../../../platform/plans.ts';

const minuteMs = 60_000;
/** The clock is noted four times an hour. */
const clockLateMs = 45 * minuteMs;
const pendingMs = 10 * minuteMs;
const nearlyAll = 0.8;
const freshDays = 7;
const backupDays = 35;
/** As long as a failure is news. */
export const failureDays = 7;

export type Worry = 'clock' | 'pending' | 'rows' | 'size' | 'chore' | 'backup' | 'seed';

/** `isDeployed`: members reach it, so that what is lost is lost. */
export function worriesOf(
  running: Running,
  { plan, isDeployed, now }: { readonly plan: Plan; readonly isDeployed: boolean; readonly now: number },
): Worry[] {
  const { clockAt, pendingSince, rowsToday, sizeBytes, failures, backup, seed } = running;
  const openedAt = running.firstPersonAt ?? now;
  const isOld = isDeployed && openedAt < now - freshDays * dayMs;
  const all: readonly (readonly [Worry, boolean])[] = [
    ['clock', (clockAt ?? openedAt) < now - clockLateMs],
    ['pending', pendingSince !== null && pendingSince < now - pendingMs],
    ['rows', plan.rowsPerDay !== null && (rowsToday ?? 0) >= plan.rowsPerDay * nearlyAll],
    ['size', (sizeBytes ?? 0) >= plan.databaseBytesMax * nearlyAll],
    ['chore', failures.some(({ at }) => at > now - dayMs)],
    ['backup', isOld && (backup?.at ?? 0) < now - backupDays * dayMs],
    ['seed', isOld && seed === null],
  ];
  return all.flatMap(([worry, isSo]) => (isSo ? [worry] : []));
}
