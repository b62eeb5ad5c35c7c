/** 没做完的大件: whether any job of many pages is under way. */
import { rowsAt, statement, type Db } from '../db.ts';

const open = [
  `SELECT 1 FROM takebacks WHERE state <> 'done'`,
  `SELECT 1 FROM handovers WHERE ended_at IS NULL`,
  `SELECT 1 FROM grant_jobs WHERE state = 'running'`,
];

export async function isAnyJobOpen(db: Db): Promise<boolean> {
  const results = await db.batch([
    statement(`SELECT ${open.map((job) => `EXISTS (${job})`).join(' OR ')} AS open`),
  ]);
  return rowsAt(results, 0)[0]?.['open'] === 1;
}
