/** 抽奖的奖品数 in the database: what is gone of each prize, in one row with what the office set. */
import { lotteries, prizesMax } from '../../../schema/index.ts';
import type { SumOf } from '../../decide/counters/index.ts';
import { statement, type Statement } from '../db.ts';
import { termOf } from '../look.ts';
import { list, rowsOf } from '../set.ts';

/** Whoever speaks may say a word of one: of those that were over long ago nobody says it any more. */
const wordsHeardDays = 30;
export const lotteriesAsked = termOf(
  'lotteries',
  lotteries,
  `t.id IN (SELECT value FROM json_each(?6)) OR (json_array_length(?7) > 0 AND t.definition ->> 'enabled' = 1
     AND t.definition ->> 'keyword' IS NOT NULL AND t.definition ->> 'lastOn' >= date(?3, '-${wordsHeardDays} days'))`,
);

const moved = Array.from(
  { length: prizesMax },
  (_, place) => `coalesce(awarded ->> ${place}, 0) + coalesce(v -> 2 ->> ${place}, 0)`,
).join(', ');

export const writeLotteries = (sums: readonly (readonly [string, SumOf<'lotteries'>])[]): Statement[] => [
  statement(
    `WITH ${rowsOf('?1')} UPDATE lotteries SET drawn = drawn + (v ->> 1), awarded = json_array(${moved})
     FROM r WHERE id = v ->> 0`,
    list(sums.map(([id, { drawn, awarded }]) => [id, drawn, awarded])),
  ),
];
