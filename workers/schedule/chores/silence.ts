/** 静默告警: alerts once when a till stops sending during business hours, and once more when it sends again. */
import type { Alert, SourceWatch } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readWatched, saveWatches, type Watched } from '../../db/sources/silence.ts';
import { upkeepOf } from '../../db/sources/source-upkeep.ts';
import { log } from '../../platform/log.ts';
import { resumed, silent } from '../alerts.ts';
import { isOpen, openMsBetween } from '../business-time.ts';
import type { Chore } from './define.ts';

const minuteMs = 60_000;
/** The row of a silent source is moved on only so that other sources' events are not read again. */
const lagMax = 2_000;

export const silence: Chore = {
  name: 'silence',
  label: '收银系统静默检查',
  // Each turn may write one row for each source with an alarm.
  when: { everyMinutes: { free: 4, paid: 5 } },
  budget: { free: { statements: 3, cpuMs: 0.5 }, paid: { statements: 3, cpuMs: 5 } },
  run: ({ engine }, now) => noticeSilence(engine.db, now),
};

async function noticeSilence(db: Db, now: number): Promise<void> {
  const watches: SourceWatch[] = [];
  const alerts: Alert[] = [];
  for (const watched of await readWatched(db)) {
    const observed = look(watched, now);
    if (observed.watch !== null) watches.push(observed.watch);
    if (observed.alert !== null) alerts.push(observed.alert);
  }
  await saveWatches(db, watches, alerts);
  for (const { kind, sourceId } of alerts) log('warn', kind.replace('.', '_'), { source: sourceId });
}

type Observation = { readonly watch: SourceWatch | null; readonly alert: Alert | null };

/** The row to store and the alert to raise, if any. */
function look({ source, watch, newEventAt, newest }: Watched, now: number): Observation {
  const { silenceAlarmMinutes, businessHours, zone } = upkeepOf(source.config);
  if (silenceAlarmMinutes == null) return { watch: null, alert: null };
  const lastEventAt = latest(newEventAt, watch?.lastEventAt ?? null);
  const silentSince = watch?.silentSince ?? null;
  const next = { sourceId: source.id, lookedTo: newest, lastEventAt, silentSince };

  if (silentSince !== null) {
    if (newEventAt === null) return { watch: isLagging(watch, newest) ? next : null, alert: null };
    return {
      watch: { ...next, silentSince: null },
      alert: resumed(source, silentSince, newEventAt, now),
    };
  }
  const since = lastEventAt ?? source.createdAt;
  const openMs = openMsBetween(since, now, businessHours, zone);
  if (isOpen(now, businessHours, zone) && openMs >= silenceAlarmMinutes * minuteMs) {
    return {
      watch: { ...next, silentSince: since },
      alert: silent(source, { lastEventAt, since, openMs, zone }, now),
    };
  }
  return { watch: newEventAt !== null || isLagging(watch, newest) ? next : null, alert: null };
}

const isLagging = (watch: SourceWatch | null, newest: number): boolean =>
  watch === null || newest - watch.lookedTo > lagMax;

const latest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
