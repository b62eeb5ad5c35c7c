/** 对不上的转账: how the two books differ, worded once for the alert and for the event. */
import type { BillDifference } from '../../../schema/index.ts';
import { yuanText } from '../plain/yuan.ts';

export function differenceWords(difference: BillDifference): string {
  switch (difference.code) {
    case 'BILL_AMOUNT_DIFFERS':
      return `这里是 ${yuanText(difference.amountFen)}，微信支付是 ${yuanText(difference.toldFen)}`;
    case 'BILL_PERSON_DIFFERS':
      return '微信支付转给了另一个人';
    case 'BILL_LOST':
      return '已经提交给微信支付，微信支付却说没有这笔转账';
    case 'BILL_END_DIFFERS':
      return difference.isPaid ? '这里已经转出，微信支付没有转成' : '这里没有转成，微信支付已经转出';
    default:
      return difference satisfies never;
  }
}
