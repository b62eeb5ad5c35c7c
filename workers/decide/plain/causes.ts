/** Names made from causes: whose chance an event draws on, and where an orphan refund is kept. */
import type { DomainEvent, RefundCompleted, SaleId } from '../../../schema/index.ts';

/** Chance belongs to the sale, not to the telling of it: a correction draws the same packet. */
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
