/** 抽奖活动 in the database: as the office set them, with how many of each prize are gone. */
import { lotteries, type Lottery, type LotteryId } from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';
import { listNewest, readOne } from '../shop/definitions.ts';

export const insertLottery = (row: Lottery): Statement[] => [insertSet(lotteries, [row])];

export const listLotteries = (db: Db, before: NewestFirst, limit: number): Promise<Lottery[]> =>
  listNewest(db, lotteries, before, limit);

export const readLottery = (db: Db, id: LotteryId): Promise<Lottery | null> => readOne(db, lotteries, id);

/** below-used: more of a prize is gone already than there would be. stale: it changed meanwhile. */
export async function replaceLottery(
  db: Db,
  { id, definition }: Lottery,
  read: Lottery,
): Promise<'replaced' | 'below-used' | 'stale'> {
  try {
    const results = await db.batch([
      statement(
        `UPDATE lotteries SET definition = ?2 WHERE id = ?1 AND definition = ?3 RETURNING id`,
        id,
        json(definition),
        json(read.definition),
      ),
    ]);
    return rowsAt(results, 0).length > 0 ? 'replaced' : 'stale';
  } catch (error) {
    if (isRefusedBy(error, 'lottery_quotas')) return 'below-used';
    throw error;
  }
}

/** More than anybody scrolls through. */
const shownMax = 20;

/** Those that run or are still to come, the first to end at the front. */
export async function openLotteries(db: Db, today: string): Promise<Lottery[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(lotteries, 't')} FROM lotteries AS t
       WHERE t.definition ->> 'enabled' = 1 AND t.definition ->> 'lastOn' >= ?1
       ORDER BY t.definition ->> 'lastOn', t.created_at, t.id LIMIT ${shownMax}`,
      today,
    ),
  ]);
  return decodeAll(lotteries, rowsAt(results, 0));
}

/** Whether there is one, or was one in which somebody may have won what is still to be fetched. */
export async function hasLotteries(db: Db): Promise<boolean> {
  const results = await db.batch([
    statement(`SELECT 1 FROM lotteries WHERE definition ->> 'enabled' = 1 OR drawn > 0 LIMIT 1`),
  ]);
  return rowsAt(results, 0).length > 0;
}
