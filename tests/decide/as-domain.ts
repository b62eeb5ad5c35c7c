/** A sale as the receiver would hand it to the engine. */
import { CanonicalEvent, EventId, type SaleCompleted, type SaleId } from '../../schema/index.ts';
import type { SaleBody } from '../support/builders.ts';

export function generic(body: SaleBody): SaleCompleted {
  const parsed = CanonicalEvent.parse(body);
  if (parsed.type !== 'sale.completed') throw new Error('not a sale');
  return {
    type: parsed.type,
    id: EventId.parse(body.id),
    namespace: 'pos',
    occurredAt: parsed.occurredAt,
    // The namespace of the test till, and a number that was parsed.
    saleId: `pos:${parsed.data.orderNo}` as SaleId,
    data: parsed.data,
  };
}
