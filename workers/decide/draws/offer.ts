/** 能不能抽, before it is asked: what a page or a till shows beside a lottery. */
import type { Lottery } from '../../../schema/index.ts';
import { costOf, leftOf, lotteryMiss, type DrawNot } from './lottery.ts';

type Hers = {
  readonly counts: { readonly used: number; readonly usedToday: number } | undefined;
  /** What she can spend. */
  readonly have: number;
};

const none = { used: 0, usedToday: 0 };

export function whyNot(lottery: Lottery, { counts = none, have }: Hers, now: number): DrawNot | null {
  const { definition } = lottery;
  const { points: need, prizes } = definition;
  const miss = lotteryMiss(lottery, counts, now);
  if (miss) return miss;
  if (prizes.every((_, place) => leftOf(lottery, place) === 0))
    return { reason: 'SOLD_OUT', total: costOf(definition).prizes };
  return need > have ? { code: 'POINTS_SHORT', have: Math.max(0, have), need } : null;
}
