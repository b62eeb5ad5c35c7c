/** 到期目录: members of whom points end, found by the day. */
import { pointsEnds, type PointsEnd } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, rowsOf, selectList } from '../set.ts';

type Asking = {
  /** What ended before this day is over. */
  readonly today: string;
  /** Up to this day members are told; null tells nobody. */
  readonly tellTo: string | null;
  readonly limit: number;
};

/** What is over, and what is to be told of; the first to end at the front. */
export async function endsToLookAt(db: Db, { today, tellTo, limit }: Asking): Promise<readonly PointsEnd[]> {
  const select = `SELECT ${selectList(pointsEnds, 't')} FROM points_ends AS t WHERE`;
  const order = 'ORDER BY t.last_on, t.member_id LIMIT';
  const results = await db.batch([
    statement(`${select} t.is_told = 0 AND t.last_on < ?1 ${order} ?2`, tellTo ?? today, limit),
    statement(`${select} t.is_told = 1 AND t.last_on < ?1 ${order} ?2`, today, limit),
  ]);
  return decodeAll(pointsEnds, [...rowsAt(results, 0), ...rowsAt(results, 1)]).slice(0, limit);
}

/** Each was looked at: whatever still ends of the member's stands there under its own day. */
export async function dropEnds(db: Db, ends: readonly PointsEnd[]): Promise<void> {
  if (ends.length === 0) return;
  const keys = ends.map(({ isTold, lastOn, memberId }) => [isTold ? 1 : 0, lastOn, memberId]);
  await db.batch([
    statement(
      `DELETE FROM points_ends WHERE (is_told, last_on, member_id) IN
         (WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2 FROM r)`,
      list(keys),
    ),
  ]);
}
