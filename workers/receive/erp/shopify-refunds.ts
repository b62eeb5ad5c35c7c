/** Shopify 退款: what was really paid back; a refund whose money has not moved takes no points. */
import type { Reader } from '../lossless/reader.ts';
import { foreign } from './kernel/payments.ts';
import { ignored, parked, sum } from './kernel/parts.ts';
import type { Understood, VendorDocument } from './kernel/document.ts';
import { hasFailed, paidBackFen } from './shopify-money.ts';

/** Transactions are `success`, `pending`, `failure` or `error`; the refund comes again within its order. */
export function readRefund(push: Reader, id: string | null): VendorDocument {
  const moved = push.each('transactions').filter((part) => part.text('kind') === 'refund');
  const key = { id, isTest: isTest(push) };
  const paidBack = moved.filter((part) => part.text('status') === 'success');
  const version = push.id('processed_at|created_at');
  if (moved.length > 0 && paidBack.length === 0) {
    const states = [...new Set(moved.map((part) => part.text('status')))].join(', ') || null;
    const isOver = moved.every((part) => hasFailed(part));
    const understand = ignored({ code: isOver ? 'NOT_PAID_BACK' : 'NOT_PAID_BACK_YET', state: states });
    return { ...key, type: 'refund.pending', version: `${version ?? ''}:${states ?? ''}`, understand };
  }
  const currency = paidBack.map((part) => foreign(part.text('currency'))).find((why) => why !== null);
  const refundedFen = currency
    ? paidBackFen(push, moved)
    : sum(paidBack.map((part) => part.fenOfYuan('amount', { sign: 'abs' })));
  if (currency && refundedFen === null)
    return { ...key, type: 'refund.foreign', version, understand: parked(currency) };
  return {
    ...key,
    type: 'refund.completed',
    version,
    understand: () => refund(push, paidBack.length, refundedFen ?? 0),
  };
}

/** A refund by itself does not say that its order is a test; its payments do. */
const isTest = (push: Reader): boolean =>
  push.bool('test') === true || push.each('transactions').some((part) => part.bool('test') === true);

/** The more of it has been paid back, the later it was told. */
function refund(push: Reader, paidBack: number, refundedFen: number): Understood {
  return {
    occurredAt: push.instant('processed_at|created_at'),
    data: {
      refundNo: push.id('id'),
      version: String(paidBack),
      orderNo: push.id('order_id'),
      scope: 'partial',
      lines: push.each('refund_line_items').map((line) => ({
        originalLineNo: line.id('line_item_id'),
        sku: line.id('line_item.sku|line_item.variant_id|line_item_id'),
        quantity: line.quantity('quantity'),
        amountFen: line.fenOfYuan('subtotal', { rounding: 'half_up' }),
      })),
      amounts: { refundedFen: Math.max(0, refundedFen) },
    },
  };
}
