/** 积分抵多少: how many points may pay a part of a bill, what they take off it, and why others may not. Nothing is rounded. */
import type { PointsAsMoney, PointSpendMiss } from '../../../schema/index.ts';

const fenPerYuan = 100;
const wholeBps = 10_000n;

export type Usable = { readonly points: number; readonly offFen: number };

/** A step is worth whole fen, and so is whatever is made of steps. */
export const offFenOf = ({ pointsPerYuan }: Pick<PointsAsMoney, 'pointsPerYuan'>, points: number): number =>
  Math.floor((points * fenPerYuan) / pointsPerYuan);

/** The most that `have` points may take off; nothing where that is less than the least. `payableFen` is after coupons. */
export function usableOf(rules: PointsAsMoney, have: number, payableFen: number): Usable {
  const { on, leastPoints, stepPoints, pointsPerYuan } = rules;
  const reach = Math.floor((mostFen(rules, payableFen) * pointsPerYuan) / fenPerYuan);
  const points = Math.floor(Math.min(Math.max(0, have), reach) / stepPoints) * stepPoints;
  return on && points >= leastPoints ? { points, offFen: offFenOf(rules, points) } : { points: 0, offFen: 0 };
}

/** 每单最多: the part of the bill and the amount, whichever is less. */
function mostFen({ ceilingBps, ceilingFen }: PointsAsMoney, payableFen: number): number {
  const partFen = Number((BigInt(payableFen) * BigInt(ceilingBps)) / wholeBps);
  return Math.min(partFen, ceilingFen ?? partFen);
}

type SpendAsked = { readonly points: number; readonly payableFen: number };

/** Too few, or not in steps, is wrong whoever asks; then what she has; then what the bill bears. */
export function spendMiss(
  rules: PointsAsMoney,
  have: number,
  { points, payableFen }: SpendAsked,
): PointSpendMiss | null {
  const { on, leastPoints, stepPoints } = rules;
  if (!on) return { reason: 'POINTS_OFF' };
  if (points < leastPoints) return { reason: 'BELOW_LEAST', points, leastPoints };
  if (points % stepPoints !== 0) return { reason: 'NOT_IN_STEPS', points, stepPoints };
  if (points > have) return { reason: 'INSUFFICIENT', have: Math.max(0, have), need: points };
  const most = usableOf(rules, have, payableFen);
  if (points <= most.points) return null;
  return {
    reason: 'ABOVE_CEILING',
    points,
    usablePoints: most.points,
    usableFen: most.offFen,
    payableFen,
  };
}
