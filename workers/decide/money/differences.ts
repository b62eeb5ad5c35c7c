/** 对不上的转账: in what the two books differ, as the alert says it at once and the event says it later. */
import type { BillDifference } from '../../../schema/index.ts';

const yuan = (fen: number): string => `${(fen / 100).toFixed(2)} 元`;

export function differenceWords(difference: BillDifference): string {
  const bill = `转账单 ${difference.outBillNo}`;
  switch (difference.code) {
    case 'BILL_AMOUNT_DIFFERS':
      return `${bill} 在这里是 ${yuan(difference.amountFen)}，在微信支付是 ${yuan(difference.toldFen)}`;
    case 'BILL_PERSON_DIFFERS':
      return `${bill} 在微信支付转给了另一个人`;
    case 'BILL_LOST':
      return `${bill} 已经提交给微信支付，微信支付却说没有这笔转账`;
    case 'BILL_END_DIFFERS':
      return difference.isPaid
        ? `${bill} 在这里已经转出，在微信支付没有转成`
        : `${bill} 在这里没有转成，在微信支付已经转出`;
    default:
      return difference satisfies never;
  }
}
