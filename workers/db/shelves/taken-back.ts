/** 收回的明细: written once and read by nobody who decides; each row is added to what its take-back has come to. */
import { takenBack, type TakenBack } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';
import type { Shelf } from './define.ts';

const sums = [
  ['points', 'points'],
  ['points_kept', 'pointsKept'],
  ['growth', 'growth'],
  ['coupons', 'coupons'],
  ['coupons_kept', 'couponsKept'],
  ['wallet_fen', 'walletFen'],
  ['wallet_kept_fen', 'walletKeptFen'],
  ['under_way_fen', 'underWayFen'],
] as const satisfies readonly (readonly [string, keyof TakenBack])[];

const adding = sums
  .map(
    ([column], place) =>
      `${column} = ${column} + (SELECT sum(v ->> ${place + 1}) FROM r WHERE v ->> 0 = campaign_id)`,
  )
  .join(', ');

const added = (rows: readonly TakenBack[]): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE takebacks SET ${adding},
       causes = causes + (SELECT count(*) FROM r WHERE v ->> 0 = campaign_id)
     WHERE campaign_id IN (SELECT v ->> 0 FROM r)`,
    list(rows.map((row) => [row.campaignId, ...sums.map(([, field]) => row[field])])),
  );

export const takenBackShelf: Shelf<'takenBack'> = {
  kept: { in: 'table', table: takenBack, read: { by: 'key', column: 'id', asked: 'takenBack' } },
  // With the rows themselves, so that the sums are theirs whatever is killed in between.
  beside: (rows) => [added(rows)],
};
