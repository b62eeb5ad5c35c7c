/** 活动的计数 in the database: slots and money taken, and what became of the coupons that it gave. */
import type { SumOf } from '../../decide/counters/index.ts';
import { couponsMoved } from '../coupons/tallies.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

export const writeCampaigns = (
  sums: readonly (readonly [string, SumOf<'campaignCounters'>])[],
): Statement[] => [
  statement(
    `WITH ${rowsOf('?1')} UPDATE campaign_counters SET used = used + (v ->> 1), spent_fen = spent_fen + (v ->> 2),
       coupons = ${couponsMoved}
     FROM r WHERE campaign_id = v ->> 0`,
    list(
      sums.map(([id, { times, spentFen, coupons }]) => [
        id,
        times,
        spentFen,
        coupons.size > 0 ? Object.fromEntries(coupons) : null,
      ]),
    ),
  ),
];
