/** 运行状况 in the database: when the clock went last, when a backup was made, what the day has taken; each is one bounded look. */
import { alerts, type Alert } from '../../../schema/index.ts';
import { utcDay } from '../../platform/midnight.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { oldestPending } from '../inbox/pending.ts';
import { decodeAll, selectList } from '../set.ts';

/** 备份: what `npm run backup` notes when one was made, read back and compared. */
export type BackupNote = {
  readonly at: number;
  readonly folder: string;
  readonly isRemote: boolean;
  readonly tables: number;
  readonly rows: number;
  readonly version: string;
};
/** Who said that SEED is kept outside of the deployment. */
export type SeedNote = { readonly at: number; readonly by: string };

export type Running = {
  /** Null where it was never noted. */
  readonly clockAt: number | null;
  readonly backup: BackupNote | null;
  readonly seed: SeedNote | null;
  /** Of this day of Cloudflare's, as far as isolates have noted it; null where nothing is counted. */
  readonly rowsToday: number | null;
  /** Null where the database does not tell. */
  readonly sizeBytes: number | null;
  /** When what still has to be decided came. */
  readonly pendingSince: number | null;
  /** Chores that failed, the newest first. */
  readonly failures: readonly Alert[];
  readonly firstPersonAt: number | null;
};

const keys = { clock: 'clock', backup: 'last_backup', seed: 'seed_kept', rows: 'rows_written' } as const;
const failuresMax = 10;
const alertsLookedAt = 200;

export async function readRunning(db: Db, now: number, failuresSince: number): Promise<Running> {
  const results = await db.batch([
    statement(
      `SELECT key, value FROM settings WHERE key IN (?1, ?2, ?3, ?4)`,
      keys.clock,
      keys.backup,
      keys.seed,
      keys.rows,
    ),
    statement(oldestPending),
    statement(
      `SELECT ${selectList(alerts, 't')} FROM (SELECT * FROM alerts ORDER BY at DESC, id DESC LIMIT ${alertsLookedAt}) AS t
       WHERE t.kind = 'chore.failed' AND t.at >= ?1 ORDER BY t.at DESC LIMIT ${failuresMax}`,
      failuresSince,
    ),
    statement(`SELECT min(created_at) AS at FROM people`),
  ]);
  const kept = new Map(rowsAt(results, 0).map(({ key, value }) => [key, String(value)]));
  // Each is written below alone, and `rows_written` beside it.
  const valueOf = <Value>(key: string): Value | null => {
    const value = kept.get(key);
    return value === undefined ? null : (JSON.parse(value) as Value);
  };
  const rows = valueOf<{ readonly day: string; readonly rows: number }>(keys.rows);
  const at = (place: number, name: string): number | null => {
    const value = rowsAt(results, place)[0]?.[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    clockAt: valueOf<{ readonly at: number }>(keys.clock)?.at ?? null,
    backup: valueOf<BackupNote>(keys.backup),
    seed: valueOf<SeedNote>(keys.seed),
    rowsToday: rows === null ? null : rows.day === utcDay(now) ? rows.rows : 0,
    sizeBytes: results[0]?.sizeBytes ?? null,
    pendingSince: at(1, 'receivedAt'),
    failures: decodeAll(alerts, rowsAt(results, 2)),
    firstPersonAt: at(3, 'at'),
  };
}

const put = (key: string, value: BackupNote | SeedNote | { readonly at: number }): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    key,
    json(value),
  );

export const noteClock = (at: number): Statement => put(keys.clock, { at });
export const noteBackup = (note: BackupNote): Statement => put(keys.backup, note);
export const noteSeed = (note: SeedNote): Statement => put(keys.seed, note);
