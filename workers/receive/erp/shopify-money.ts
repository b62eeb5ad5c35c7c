/** Shopify 外币退款: the customer paid in another currency than the shop's; the lines say both, the payments only theirs. */
import { allocate } from '../../decide/plain/allocate.ts';
import type { Reader } from '../lossless/reader.ts';
import { sum } from './kernel/parts.ts';

/** What has moved, in the shop's money: its share of what the lines say. Null where that cannot be known. */
export function paidBackFen(push: Reader, moved: readonly Reader[]): number | null {
  const parts = partsOf(push);
  const isTold =
    parts.length > 0 && parts.every(({ told }) => told.text('shop_money.currency_code') === 'CNY');
  if (!isTold) return null;
  const wholeFen = toldIn(parts, 'shop_money');
  const paidBack = moved.filter((part) => part.text('status') === 'success');
  if (paidBack.length === moved.length) return wholeFen;
  const [currency, ...others] = new Set(moved.map((part) => part.text('currency')));
  if (currency == null || others.length > 0) return null;
  const dueFen = foreignWhole(parts, moved, currency);
  if (dueFen === null || dueFen <= 0 || wholeFen < 0) return null;
  const [shareFen = 0] = allocate(wholeFen, [paid(paidBack), Math.max(0, dueFen - paid(paidBack))]);
  return shareFen;
}

type Part = { readonly told: Reader; readonly tax: Reader; readonly sign: 1 | -1 };

/** What goes back beyond the goods stands below zero. */
const partsOf = (push: Reader): readonly Part[] => [
  ...push
    .each('refund_line_items')
    .map((line): Part => ({ told: line.at('subtotal_set'), tax: line.at('total_tax_set'), sign: 1 })),
  ...push
    .each('order_adjustments')
    .map((part): Part => ({ told: part.at('amount_set'), tax: part.at('tax_amount_set'), sign: -1 })),
];

const toldIn = (parts: readonly Part[], money: 'shop_money' | 'presentment_money'): number =>
  sum(
    parts.flatMap(({ told, tax, sign }) =>
      [told, tax].map((one) => sign * (one.fenOfYuan(`${money}.amount`, { rounding: 'half_up' }) ?? 0)),
    ),
  );

/** All that is due in the customer's money. A payment that failed may have been tried again: then only the lines can say it. */
function foreignWhole(parts: readonly Part[], moved: readonly Reader[], currency: string): number | null {
  if (parts.every(({ told }) => told.text('presentment_money.currency_code') === currency))
    return toldIn(parts, 'presentment_money');
  return moved.some((part) => hasFailed(part)) ? null : paid(moved);
}

export const hasFailed = (part: Reader): boolean => ['failure', 'error'].includes(part.text('status') ?? '');

const paid = (moved: readonly Reader[]): number =>
  sum(moved.map((part) => part.fenOfYuan('amount', { sign: 'abs', rounding: 'half_up' })));
