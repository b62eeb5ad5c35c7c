/** 等着的单据: what a return, or goods that go back onto a card, waits for. */
import type { AwaitedId } from '../../schema/index.ts';
import { paymentNoIn } from '../decide/plain/causes.ts';

const ofSpending = 'spent:';
const ofPackage = 'package:';

/** A return may name the payment alone, what comes back to a card the spending, and a redemption its package. */
export function saleWords(saleId: AwaitedId): string {
  if (saleId.startsWith(ofSpending)) return `储值消费 ${saleId.slice(ofSpending.length)} `;
  if (saleId.startsWith(ofPackage)) return `套餐 ${saleId.slice(ofPackage.length)} `;
  const paymentNo = paymentNoIn(saleId);
  return paymentNo === null ? `销售单 ${saleId} ` : `付款号 ${paymentNo} 的销售单`;
}

export const unbilledWords = (saleId: AwaitedId): string =>
  paymentNoIn(saleId) === null ? '' : '这笔付款如果本来就没有销售单，就没有计过积分，不需要处理。';

/** One line a code; a code without its words does not compile. */
