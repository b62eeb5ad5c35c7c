/** 签到 in the database: how far a member's days in a row have come, and on which days of a month she came. */
import { checkIns, type CheckIn, type MemberId } from '../../../schema/index.ts';
import { checkInCause, checkInDay } from '../../decide/money/check-in.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export type CheckInDays = { readonly last: CheckIn | null; readonly days: readonly string[] };

/** Older postings are not looked through: a member has fewer in two months. */
const postingsMax = 600;

/** `month` is YYYY-MM. The days follow from the points that were posted for them. */
export async function readCheckIns(db: Db, memberId: MemberId, month: string): Promise<CheckInDays> {
  const results = await db.batch([
    statement(`SELECT ${selectList(checkIns, 't')} FROM check_ins AS t WHERE t.member_id = ?1`, memberId),
    statement(
      `SELECT cause FROM (SELECT cause FROM ledger WHERE member_id = ?1 AND account = 'points'
         ORDER BY seq DESC LIMIT ${postingsMax})
       WHERE cause LIKE ?2 ORDER BY cause`,
      memberId,
      `${checkInCause(month)}-%`,
    ),
  ]);
  return {
    last: decodeAll(checkIns, rowsAt(results, 0))[0] ?? null,
    days: [...new Set(rowsAt(results, 1).map(({ cause }) => checkInDay(String(cause))))],
  };
}
