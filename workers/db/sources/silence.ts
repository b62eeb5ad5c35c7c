/** 静默 in the database: the inbox is looked through once, a few minutes at a time, and only for sources that have an alarm. */
import { sources, sourceWatches, type Alert, type Source, type SourceWatch } from '../../../schema/index.ts';
import { insertAlerts } from '../upkeep/alerts.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decode, selectList, upsertSet } from '../set.ts';

export type Watched = {
  readonly source: Source;
  /** Null before the first look. */
  readonly watch: SourceWatch | null;
  /** The latest event that came since the last look. */
  readonly newEventAt: number | null;
  /** The `seq` of the newest event of any source. */
  readonly newest: number;
};

/** The first look goes back this many events. */
const firstLookRows = 5_000;

/** Reads each new event once for each of these sources, and writes nothing. */
export async function readWatched(db: Db): Promise<Watched[]> {
  const newest = `(SELECT max(seq) FROM inbox)`;
  const results = await db.batch([
    statement(
      `SELECT ${selectList(sources, 's')}, coalesce(${newest}, 0) AS newest,
         w.looked_to AS "lookedTo", w.last_event_at AS "lastEventAt", w.silent_since AS "silentSince",
         (SELECT max(t.received_at) FROM inbox AS t
          WHERE t.seq > coalesce(w.looked_to, ${newest} - ${firstLookRows}) AND t.source_id = s.id) AS "newEventAt"
       FROM sources AS s LEFT JOIN source_watches AS w ON w.source_id = s.id
       WHERE s.config ->> '$.silenceAlarmMinutes' IS NOT NULL`,
    ),
  ]);
  return rowsAt(results, 0).map((row) => {
    const source = decode(sources, row);
    const isKnown = row['lookedTo'] !== null;
    return {
      source,
      watch: isKnown
        ? {
            sourceId: source.id,
            lookedTo: Number(row['lookedTo']),
            lastEventAt: numberOrNull(row['lastEventAt']),
            silentSince: numberOrNull(row['silentSince']),
          }
        : null,
      newEventAt: numberOrNull(row['newEventAt']),
      newest: Number(row['newest']),
    };
  });
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

/** Stores watches and alerts in one batch. */
export async function saveWatches(
  db: Db,
  watches: readonly SourceWatch[],
  alerts: readonly Alert[],
): Promise<void> {
  await db.batch([
    ...(watches.length > 0 ? [upsertSet(sourceWatches, watches)] : []),
    ...(alerts.length > 0 ? [insertAlerts(alerts)] : []),
  ]);
}
