/** 每日提现 in the database: what was paid out on a day, and room that came back. */
import type { SumOf } from '../../decide/counters/index.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

/** Room is given back first: a limit that was lowered meanwhile holds only for what is taken after it. */
export function writePayoutDays(sums: readonly (readonly [string, SumOf<'payoutDays'>])[]): Statement[] {
  const counts = sums.map(([on, { taken, limitFen, returned }]) => [on, taken, limitFen, returned]);
  const statements: Statement[] = [];
  if (sums.some(([, { returned }]) => returned !== 0)) {
    statements.push(
      statement(
        `WITH ${rowsOf('?1')} UPDATE payout_days SET spent_fen = max(0, spent_fen - (v ->> 3))
         FROM r WHERE day_on = v ->> 0`,
        list(counts),
      ),
    );
  }
  if (sums.some(([, { taken }]) => taken !== 0)) {
    statements.push(
      statement(
        `INSERT INTO payout_days (day_on, spent_fen, limit_fen)
         WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2 FROM r WHERE v ->> 1 > 0
         ON CONFLICT (day_on) DO UPDATE SET spent_fen = spent_fen + excluded.spent_fen, limit_fen = excluded.limit_fen`,
        list(counts),
      ),
    );
  }
  return statements;
}
