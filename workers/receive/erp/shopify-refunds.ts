/** Shopify 退款: what was really paid back; a refund whose money has not moved takes no points. */
import type { Reader } from '../lossless/reader.ts';
import { foreign } from './kernel/payments.ts';
import { ignored, parked, sum } from './kernel/parts.ts';
import type { Understood, VendorDocument } from './kernel/document.ts';

/** Transactions are `success`, `pending`, `failure` or `error`; the refund comes again within its order. */
export function readRefund(push: Reader, id: string | null): VendorDocument {
  const moved = push.each('transactions').filter((part) => part.text('kind') === 'refund');
  const paidBack = moved.filter((part) => part.text('status') === 'success');
  const version = push.id('processed_at|created_at');
  if (moved.length > 0 && paidBack.length === 0) {
    const states = [...new Set(moved.map((part) => part.text('status')))].join(', ') || null;
    const understand = ignored({ code: 'NOT_PAID_BACK_YET', state: states });
    return { type: 'refund.pending', id, version: `${version ?? ''}:${states ?? ''}`, understand };
  }
  const currency = paidBack.map((part) => foreign(part.text('currency'))).find((why) => why !== null);
  if (currency && !isToldInShopMoney(push))
    return { type: 'refund.foreign', id, version, understand: parked(currency) };
  const refundedFen = currency
    ? inShopMoney(push)
    : sum(paidBack.map((part) => part.fenOfYuan('amount', { sign: 'abs' })));
  return {
    type: 'refund.completed',
    id,
    version,
    understand: () => refund(push, paidBack.length, refundedFen),
  };
}

/** The customer paid in another currency than the shop's: then the lines say both. */
const isToldInShopMoney = (push: Reader): boolean => {
  const told = [
    ...push.each('refund_line_items').map((line) => line.at('subtotal_set')),
    ...push.each('order_adjustments').map((part) => part.at('amount_set')),
  ];
  return told.length > 0 && told.every((set) => set.text('shop_money.currency_code') === 'CNY');
};

const inShopMoney = (push: Reader): number =>
  sum([
    ...push
      .each('refund_line_items')
      .flatMap((line) => [
        line.fenOfYuan('subtotal_set.shop_money.amount', { rounding: 'half_up' }),
        line.fenOfYuan('total_tax_set.shop_money.amount', { rounding: 'half_up' }),
      ]),
    // What goes back beyond the goods stands below zero.
    ...push
      .each('order_adjustments')
      .flatMap((part) => [
        part.fenOfYuan('amount_set.shop_money.amount', { sign: 'negate', rounding: 'half_up' }),
        part.fenOfYuan('tax_amount_set.shop_money.amount', { sign: 'negate', rounding: 'half_up' }),
      ]),
  ]);

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
