/** Ids derived from causes: the id whose seed an event draws from, and the sale id of a refund without a sale. */
import type { DomainEvent, RefundCompleted, SaleId } from '../../../schema/index.ts';

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
