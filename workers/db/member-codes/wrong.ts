/** 认不出的会员码: counted for whoever tries them, so that nobody tries all of them. A right one writes nothing. */
import { rowsAt, statement, type Db, type Statement } from '../db.ts';

export type Wrong = { readonly count: number; readonly since: number };

/** What counts: nothing that began before `from`. */
export async function readWrong(db: Db, by: string, from: number): Promise<Wrong> {
  const results = await db.batch([
    statement(`SELECT count, since FROM wrong_codes WHERE by = ?1 AND since > ?2`, by, from),
  ]);
  const { count = 0, since = 0 } = rowsAt(results, 0)[0] ?? {};
  return { count: Number(count), since: Number(since) };
}

/** One row for each asker, begun anew when its time is over. */
export const countWrong = (by: string, now: number, from: number): Statement =>
  statement(
    `INSERT INTO wrong_codes (by, since, count) VALUES (?1, ?2, 1) ON CONFLICT (by) DO UPDATE SET
       since = iif(since > ?3, since, ?2), count = iif(since > ?3, count + 1, 1)`,
    by,
    now,
    from,
  );
