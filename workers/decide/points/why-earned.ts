/** 为什么没积分: what a sale earned, and why it earned nothing, as its row tells it: what a customer asks at the counter. */
import type { Sale, SaleLine } from '../../../schema/index.ts';

/** In the order in which they are looked at: the first that holds is the reason. */
export type Unearned = 'nobody' | 'history' | 'voided' | 'returned' | 'unpaid' | 'excluded' | 'small';

type Sold = {
  readonly sale: Pick<Sale, 'memberId' | 'isHistory' | 'voidedAt' | 'keptFen' | 'paidFen' | 'points'>;
  readonly lines: readonly Pick<SaleLine, 'earningFen' | 'pointsFactorMilli'>[];
};

/** Null where it earned something. */
export function whyNothingEarned({ sale, lines }: Sold): Unearned | null {
  if (sale.points > 0) return null;
  if (sale.memberId === null) return 'nobody';
  if (sale.isHistory) return 'history';
  if (sale.voidedAt !== null) return 'voided';
  if (sale.paidFen === 0) return 'unpaid';
  if (sale.keptFen === 0) return 'returned';
  return lines.some(({ earningFen, pointsFactorMilli }) => earningFen * pointsFactorMilli > 0)
    ? 'small'
    : 'excluded';
}
