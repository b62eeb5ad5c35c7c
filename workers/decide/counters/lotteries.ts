/** 抽奖的奖品数: how often one was drawn, and how many of each of its prizes are gone. */
import type { Lottery, LotteryId } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

/** `prize` is its place; null is a blank. */
type By = { readonly lotteryId: LotteryId; readonly prize: number | null };
export type LotterySum = { readonly drawn: number; readonly awarded: readonly number[] };

export const lotteries = defineCounter<Lottery, By, LotterySum>()({
  noun: 'lottery',
  keyOf: ({ lotteryId }) => lotteryId,
  moved: (row, by) => row && { ...row, ...added(row, by) },
  sum: (before, by) => added(before ?? { drawn: 0, awarded: [] }, by),
});

function added({ drawn, awarded }: LotterySum, { prize }: By): LotterySum {
  const length = Math.max(awarded.length, (prize ?? -1) + 1);
  const next = Array.from({ length }, (_, place) => (awarded[place] ?? 0) + Number(place === prize));
  return { drawn: drawn + 1, awarded: next };
}
