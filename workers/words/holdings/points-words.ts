/** 积分怎么抵钱, in one line, as members and cashiers read it. */
import type { PointsAsMoney } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

/** 100 积分抵 1 元，每次用 100 分的整数倍，每单最多抵 50%. A least that every multiple reaches is not said. */
export function rateWords({
  pointsPerYuan,
  leastPoints,
  stepPoints,
  ceilingBps,
  ceilingFen,
}: PointsAsMoney): string {
  return [
    `${pointsPerYuan} 积分抵 1 元`,
    ...(leastPoints > Math.max(1, stepPoints) ? [`每次最少用 ${leastPoints} 分`] : []),
    ...(stepPoints > 1 ? [`每次用 ${stepPoints} 分的整数倍`] : []),
    ...(ceilingBps < 10_000 ? [`每单最多抵 ${ceilingBps / 100}%`] : []),
    ...(ceilingFen === null ? [] : [`每单最多抵 ${yuanText(ceilingFen)}`]),
  ].join('，');
}
