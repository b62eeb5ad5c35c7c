/** 储值明细: the rows of both parts side by side, so that one movement is one line, however it was divided. */
import { ledger, type MemberId, type Posting } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

type OfEach<Value> = { readonly principal: Value; readonly bonus: Value };

/** At most `limit` rows of each account are read. */
export async function listStoredRows(
  db: Db,
  memberId: MemberId,
  before: OfEach<number>,
  limit: number,
): Promise<OfEach<Posting[]>> {
  const newest = (account: 'principal' | 'bonus') =>
    statement(
      `SELECT ${selectList(ledger, 't')} FROM ledger AS t WHERE t.member_id = ?1 AND t.account = ?2 AND t.seq < ?3
       ORDER BY t.seq DESC LIMIT ?4`,
      memberId,
      account,
      before[account],
      limit,
    );
  const results = await db.batch([newest('principal'), newest('bonus')]);
  return {
    principal: decodeAll(ledger, rowsAt(results, 0)),
    bonus: decodeAll(ledger, rowsAt(results, 1)),
  };
}
