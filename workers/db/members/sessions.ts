/** 退出登录 in the database. The cookie itself is not stored; what is stored is which ones count no longer. */
import { rowsAt, statement, type Db } from '../db.ts';

export async function isSessionEnded(db: Db, id: string): Promise<boolean> {
  const results = await db.batch([statement(`SELECT 1 FROM ended_sessions WHERE id = ?1`, id)]);
  return rowsAt(results, 0).length > 0;
}

/** Whoever leaves clears away the sessions that have run out by themselves. */
export async function endSessionNow(
  db: Db,
  { id, until }: { readonly id: string; readonly until: number },
  now: number,
): Promise<void> {
  await db.batch([
    statement(`DELETE FROM ended_sessions WHERE until <= ?1`, now),
    statement(
      `INSERT INTO ended_sessions (id, until) VALUES (?1, CAST(?2 AS INTEGER)) ON CONFLICT (id) DO NOTHING`,
      id,
      until,
    ),
  ]);
}
