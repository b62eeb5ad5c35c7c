/** Ids derived from causes: the id whose seed an event draws from, and the ids of sales that are not named by their own number. */
import type { AwaitedId, DomainEvent, RefundCompleted, SaleId } from '../../../schema/index.ts';

/** The seed belongs to the sale and not to the event: a correction draws the same packet. */
export const seedCause = (event: DomainEvent): string =>
  'saleId' in event && event.saleId !== null ? event.saleId : event.id;

const ofSale = 'sale:';
/** What a sale was granted is kept under its sale. */
export const saleCause = (saleId: SaleId): string => ofSale + saleId;
export const saleOfCause = (cause: string): SaleId | null =>
  cause.startsWith(ofSale) ? (cause.slice(ofSale.length) as SaleId) : null;

/** A refund that names no sale is kept under an id no sale can have: order numbers are trimmed. */
export const orphanSaleId = ({ namespace, data }: RefundCompleted): SaleId =>
  `${namespace}:\n${data.refundNo}` as SaleId;

/** A sale as its payment names it, under an id that no sale has either. */
const paymentMark = ':\t';
export const ofPayment = (namespace: string, paymentNo: string): SaleId =>
  `${namespace}${paymentMark}${paymentNo}` as SaleId;
/** The number of the payment; null for a sale that is named by its own. */
export function paymentNoIn(saleId: AwaitedId): string | null {
  const place = saleId.indexOf(paymentMark);
  return place < 0 ? null : saleId.slice(place + paymentMark.length);
}
