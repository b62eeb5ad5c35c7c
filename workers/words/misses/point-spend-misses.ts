/** 积分为什么没有抵成、哪里对不上: one sentence for each reason, as the cashier and the office read it. */
import type { PointsDifference, PointSpendMiss } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

export function pointSpendMissWords(miss: PointSpendMiss): string {
  switch (miss.reason) {
    case 'POINTS_OFF':
      return '没有开通积分抵钱：请老板在“设置 · 积分”里打开。';
    case 'INSUFFICIENT':
      return `积分不够：可以用的有 ${miss.have} 分，要用 ${miss.need} 分。`;
    case 'BELOW_LEAST':
      return `每次最少用 ${miss.leastPoints} 分，要用的是 ${miss.points} 分。`;
    case 'NOT_IN_STEPS':
      return `积分要 ${miss.stepPoints} 分 ${miss.stepPoints} 分地用，要用的是 ${miss.points} 分。`;
    case 'ABOVE_CEILING':
      return `超过每单的上限：这单 ${yuanText(miss.payableFen)}，最多用 ${miss.usablePoints} 分，抵 ${yuanText(miss.usableFen)}；要用的是 ${miss.points} 分。`;
    case 'ALREADY_SPENT':
      return `这一单已经用过 ${miss.points} 分，抵了 ${yuanText(miss.offFen)}：要换一个数，请先撤销。`;
    case 'UNKNOWN_SPEND':
      return '这位会员没有为这一单用过积分：请核对单号。';
    default:
      return miss satisfies never;
  }
}

export function pointsDifferenceWords(difference: PointsDifference): string {
  switch (difference.reason) {
    case 'NOT_SPENT':
      return `小票写着用积分抵了 ${yuanText(difference.toldFen)}，这里没有为这一单扣过积分。`;
    case 'AMOUNT_DIFFERS':
      return `小票写着用积分抵了 ${yuanText(difference.toldFen)}，这里为这一单扣的积分抵 ${yuanText(difference.spentFen)}。`;
    case 'NOT_THEIRS':
      return `这一单用积分抵了 ${yuanText(difference.spentFen)}，扣的却是另一位会员的积分。`;
    default:
      return difference satisfies never;
  }
}
