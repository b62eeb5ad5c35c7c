/** Whether the tables are there at all: a deployment whose migrations were forgotten says so. */
import { rowsAt, statement, type Db } from '../db.ts';

/** The newest table, so that a forgotten last migration is noticed as well. */
const newest = 'scenes';

export async function isMigrated(db: Db): Promise<boolean> {
  const found = await db.batch([statement(`SELECT 1 AS found FROM sqlite_master WHERE name = '${newest}'`)]);
  return rowsAt(found, 0).length === 1;
}
