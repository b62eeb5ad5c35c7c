/** 付款号: finds the sale of an event that names only the payment, and keeps which payments paid a sale. */
import type { RefundCompleted, SaleId } from '../../../../schema/index.ts';
import type { Effect } from '../../effects.ts';
import { paymentNoIn } from '../../plain/causes.ts';
import type { World } from '../../world.ts';

/** The event itself, unless the payment that it names is known to have paid a sale. */
export function ofPaidSale(world: World, event: RefundCompleted): RefundCompleted {
  const { saleId } = event;
  if (saleId === null || paymentNoIn(saleId) === null) return event;
  const known = world.salePayments.get(saleId);
  return known ? { ...event, saleId: known.saleId } : event;
}

/** Written where it says something new: a sale is told again with every change. */
export const paidBy = (world: World, payments: readonly SaleId[], saleId: SaleId): Effect[] =>
  payments
    .filter((payment) => world.salePayments.get(payment)?.saleId !== saleId)
    .map((payment) => ({ type: 'sale-payment.put', row: { payment, saleId } }));
