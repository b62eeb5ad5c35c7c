/** 积分: 1 yuan = 1 point, floored once per sale after each product's own factor and the level's. */
import type { SaleLine } from '../../../schema/index.ts';

const fenPerPoint = 100;
/** A fen, its product's factor in thousandths, the level's in hundredths. */
const unit = fenPerPoint * 1000 * 100;

type Earning = Pick<SaleLine, 'earningFen' | 'pointsFactorMilli'>;

/** A ticket that takes back more than it sells earns negative points; both directions round towards zero. */
export function pointsFor(lines: readonly Earning[], percent = 100): number {
  const weighted = lines.reduce((sum, line) => sum + line.earningFen * line.pointsFactorMilli, 0);
  // In two parts, so that no product is larger than a number can hold exactly.
  const whole = Math.trunc(weighted / unit);
  // `+ 0` turns -0 into 0: no ledger may hold -0.
  return whole * percent + Math.trunc(((weighted - whole * unit) * percent) / unit) + 0;
}
