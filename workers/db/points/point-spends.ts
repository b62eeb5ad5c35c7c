/** 积分抵钱 in the database: what was spent for one receipt, or lately by one member. */
import { pointSpends, type CouponRef, type MemberId, type PointSpend } from '../../../schema/index.ts';
import type { Head } from '../../decide/money/lots.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { readMember } from '../members/members.ts';
import { decodeAll, selectList } from '../set.ts';

const select = `SELECT ${selectList(pointSpends, 't')} FROM point_spends AS t`;

export async function readPointSpend(db: Db, id: CouponRef): Promise<PointSpend | null> {
  const results = await db.batch([statement(`${select} WHERE t.id = ?1`, id)]);
  return decodeAll(pointSpends, rowsAt(results, 0))[0] ?? null;
}

export type SpendDone = { readonly spend: PointSpend; readonly points: Head };

/** With what is on the account now. */
export async function readSpendDone(db: Db, id: CouponRef): Promise<SpendDone | null> {
  const spend = await readPointSpend(db, id);
  const found = spend && (await readMember(db, spend.memberId));
  return found && { spend, points: found.points };
}

/** Since a moment, the newest first. */
export async function pointSpendsOf(
  db: Db,
  memberId: MemberId,
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<PointSpend[]> {
  const wanted = `${select} WHERE t.member_id = ?1 AND t.at > ?2 ORDER BY t.at DESC, t.id LIMIT ?3`;
  const results = await db.batch([statement(wanted, memberId, since, limit)]);
  return decodeAll(pointSpends, rowsAt(results, 0));
}
