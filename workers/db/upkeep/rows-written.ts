/** 当天写入量: counts the rows the database takes, as D1 counts them, and says once a day that the free plan's are nearly used up. */
import type { Alert } from '../../../schema/index.ts';
import { utcDay } from '../../platform/midnight.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { insertAlerts } from './alerts.ts';

/**
 * An isolate notes its rows when it has so many: one more row in two hundred. What it holds when it goes is lost, so the count
 * is never too high, and too low by less than this and a batch for every isolate of the day.
 */
const notedAfterRows = 200;
const alarmAtPercent = 80;

export type RowLimit = {
  /** Null where more are merely paid for: then nothing is counted. */
  readonly rowsPerDay: number | null;
  readonly clock: () => number;
  readonly alarm: (rows: number, rowsPerDay: number, now: number) => Alert;
};

/** The same database, keeping count; what there is to note goes along with whatever is sent next, without a round trip of its own. */
export function countingRows(db: Db, { rowsPerDay, clock, alarm }: RowLimit): Db {
  if (rowsPerDay === null) return db;
  let count: Count = { day: '', unnoted: 0, alert: null, isSaid: false };
  return {
    batch: async (statements) => {
      const now = clock();
      if (utcDay(now) !== count.day) count = { day: utcDay(now), unnoted: 0, alert: null, isSaid: false };
      const own = count;
      if (statements.length === 0) return db.batch(statements);
      const { unnoted, alert } = own;
      const noted = unnoted >= notedAfterRows ? unnoted : 0;
      // Taken out at once: nobody else notes the same meanwhile.
      own.unnoted -= noted;
      own.alert = null;
      const besides = [
        ...(noted > 0 ? [note(own.day, noted)] : []),
        ...(alert ? [insertAlerts([alert])] : []),
      ];
      try {
        const results = await db.batch([...statements, ...besides]);
        own.unnoted += results.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
        const total = noted > 0 ? Number(rowsAt(results, statements.length)[0]?.['rows'] ?? 0) : 0;
        if (!own.isSaid && total * 100 >= rowsPerDay * alarmAtPercent) {
          own.isSaid = true;
          own.alert = alarm(total, rowsPerDay, now);
        }
        return results.slice(0, statements.length);
      } catch (error) {
        own.unnoted += noted;
        own.alert ??= alert;
        throw error;
      }
    },
  };
}

type Count = { readonly day: string; unnoted: number; alert: Alert | null; isSaid: boolean };

/** A new day begins at nothing; a late note of the day before changes nothing. */
const note = (day: string, rows: number): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES ('rows_written', json_object('day', ?1, 'rows', CAST(?2 AS INTEGER)))
     ON CONFLICT (key) DO UPDATE SET value = json_object('day', ?1, 'rows', CAST(?2 AS INTEGER)
       + CASE WHEN value ->> 'day' = ?1 THEN value ->> 'rows' ELSE 0 END)
     WHERE value ->> 'day' <= ?1 RETURNING value ->> 'rows' AS rows`,
    day,
    rows,
  );
