/** 积分: 1 yuan = 1 point, floored once per sale after each product's own factor. */
import type { SaleLine } from '../../../schema/index.ts';

const fenPerPoint = 100;

type Earning = Pick<SaleLine, 'earningFen' | 'pointsFactorMilli'>;

/** A ticket that takes back more than it sells earns negative points; both directions round towards zero. */
export function pointsFor(lines: readonly Earning[]): number {
  const weighted = lines.reduce((sum, line) => sum + line.earningFen * line.pointsFactorMilli, 0);
  // `+ 0` turns -0 into 0: no ledger may hold -0.
  return Math.trunc(weighted / (fenPerPoint * 1000)) + 0;
}
