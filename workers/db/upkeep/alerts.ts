/** 提醒事项 for the shop itself: said once each, kept for about a year. */
import { alerts, type Alert } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

/** The first alert with an id stays. */
export function insertAlerts(said: readonly Alert[]): Statement {
  const { sql, params } = insertSet(alerts, said);
  return { sql: `${sql} WHERE true ON CONFLICT (id) DO NOTHING`, params };
}

/** A few a week: the table is read as a whole, and trimmed with the rest at night. */
export async function listAlerts(db: Db, before: NewestFirst, limit: number): Promise<Alert[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(alerts, 't')} FROM alerts AS t WHERE (t.at, t.id) < (?1, ?2)
       ORDER BY t.at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return decodeAll(alerts, rowsAt(results, 0));
}

export const forgetAlerts = (before: number): Statement =>
  statement(`DELETE FROM alerts WHERE at < ?1`, before);
