/** 储值为什么没有办成: one sentence for each reason, as the cashier and the office read it. */
import type { StoredMiss } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

export function storedMissWords(miss: StoredMiss): string {
  switch (miss.reason) {
    case 'INSUFFICIENT':
      return `储值不够：可以用的有 ${yuanText(miss.have)}，要用 ${yuanText(miss.need)}。`;
    case 'ABOVE_CEILING':
      return `超过每次的上限：这单 ${yuanText(miss.payableFen)}，储值最多用 ${miss.percent}%，这次可以用 ${yuanText(miss.usableFen)}，要用的是 ${yuanText(miss.amountFen)}。`;
    case 'NUMBER_TAKEN':
      return '这个单号已经记过别的金额，或者记在别的会员名下：请核对单号。';
    case 'UNKNOWN_SPENDING':
      return '没有这个单号花掉的储值：请核对单号。';
    case 'UNKNOWN_RECHARGE':
      return '没有这个单号的充值：请核对单号。';
    case 'UNKNOWN_PLAN':
      return '没有这个充值方案：请在“设置 · 储值”里核对方案的名称。';
    case 'AMOUNT_DIFFERS':
      return `金额和充值方案不一样：应该是 ${yuanText(miss.dueFen)}，报来的是 ${yuanText(miss.toldFen)}。`;
    case 'MORE_THAN_SPENT':
      return `退得太多：那一次花的储值还能退 ${yuanText(miss.have)}，要退 ${yuanText(miss.need)}。`;
    default:
      return miss satisfies never;
  }
}
