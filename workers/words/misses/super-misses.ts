/** 超级会员为什么没有办成: one sentence for each reason, as the cashier and the office read it. */
import type { SuperMiss } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { instantWords } from '../instants.ts';

export function superMissWords(miss: SuperMiss): string {
  switch (miss.reason) {
    case 'UNKNOWN_PLAN':
      return '没有这个超级会员方案：请在“设置 · 超级会员”里核对方案的名称。';
    case 'AMOUNT_DIFFERS':
      return `金额不对：应该是 ${yuanText(miss.dueFen)}，报来的是 ${yuanText(miss.toldFen)}。`;
    case 'NUMBER_TAKEN':
      return '这个小票号已经卖过别的方案，或者卖给了别的会员：请换一个小票号。';
    case 'TOO_FAR':
      return `续得太远了：会到 ${instantWords(miss.until)}，最远只能到 ${instantWords(miss.most)}。`;
    case 'UNKNOWN_MEMBERSHIP':
      return '这位会员没有这个小票号买的超级会员：请核对单号。';
    case 'ENDED':
      return `这一笔 ${instantWords(miss.at)} 已经撤销或退款了。`;
    case 'NOT_LAST':
      return `后面还续过（${miss.later}）：要先退后买的那一笔。`;
    case 'NO_REFUND':
      return '这个方案卖的时候说好不退款。';
    case 'REFUND_CLOSED':
      return `过了退款的时间：买后 ${miss.days} 天内可以退，到 ${instantWords(miss.until)} 为止。`;
    case 'ALREADY_USED':
      return `开通送的券已经用掉或转走 ${miss.coupons} 张，不能全额退。`;
    case 'OVER':
      return `这一笔 ${instantWords(miss.at)} 已经到期，没有剩下的可以退。`;
    case 'UNDO_CLOSED':
      return `卖错了当天才能撤销，${instantWords(miss.until)} 以后只能按方案的规定退款。`;
    default:
      return miss satisfies never;
  }
}
