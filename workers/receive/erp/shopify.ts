/** Shopify: orders, refunds and customers, known by their own fields, because nothing signs the topic header. */
import type { Reader } from '../lossless/reader.ts';
import { foreign } from './kernel/payments.ts';
import { isObject, listOf } from '../lossless/tree.ts';
import {
  ignored,
  knownMember,
  lineFen,
  memberEvent,
  notActedOn,
  parked,
  payments,
  storeOf,
  sum,
} from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';
import { readRefund } from './shopify-refunds.ts';

export const shopify = vendor<CommonSettings>({
  name: 'shopify',
  label: 'Shopify',
  settings: CommonSettings,
  signing: signedAs('shopify'),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    const [order] = letters;
    if (!order || !isObject(order.tree)) return letters;
    const { tree } = order;
    // A refund is told once when it is made, and again in its order: by then its money may have moved.
    const refunds = listOf(tree['refunds']).map((refund): Letter => ({
      tree: isObject(refund)
        ? { ...refund, order_id: tree['id'] ?? null, test: tree['test'] ?? null }
        : refund,
    }));
    return [order, ...refunds];
  },
  read,
  success: { body: '{"ok":true}', contentType: 'application/json' },
});

function read(push: Reader, settings: CommonSettings): VendorDocument {
  const id = push.id('id');
  const version = push.id('updated_at');
  if (push.has('order_id') && push.has('refund_line_items|transactions|order_adjustments'))
    return readRefund(push, id);
  if (push.has('line_items'))
    return order(push, settings, { id, version, isTest: push.bool('test') === true });
  if (push.has('orders_count') || push.has('first_name|last_name|email')) {
    const member = { externalId: id, phone: push.phone('phone'), name: nameIn(push) };
    return {
      type: 'member.updated',
      id,
      version,
      understand: memberEvent(push.instant('updated_at|created_at'), member, push.instant('created_at')),
    };
  }
  return { type: 'unknown', id, version, understand: notActedOn(null) };
}

type Key = { readonly id: string | null; readonly version: string | null; readonly isTest: boolean };

const paidStates = new Set(['paid', 'partially_refunded', 'refunded']);
/** Goods that were added to a paid order leave it so: it may have counted, and is taken back like one that is paid. */
const isPartlyPaid = (state: string): boolean => state === 'partially_paid';

function order(push: Reader, settings: CommonSettings, key: Key): VendorDocument {
  const currency = foreign(push.text('currency'));
  if (currency) return { ...key, type: 'sale.foreign', understand: parked(currency) };
  const state = push.text('financial_status') ?? 'none';
  const isCancelled = push.has('cancelled_at');
  const mayHaveCounted = paidStates.has(state) || (isCancelled && isPartlyPaid(state));
  if (!mayHaveCounted) {
    const code = isCancelled || state === 'voided' ? 'CALLED_OFF_UNPAID' : 'NOT_PAID_YET';
    return { ...key, type: 'sale.unpaid', understand: ignored({ code, state }) };
  }
  if (isCancelled) {
    const understand = (): Understood => ({
      occurredAt: push.instant('cancelled_at'),
      data: { orderNo: key.id },
    });
    return { ...key, type: 'sale.voided', understand };
  }
  return { ...key, type: 'sale.completed', understand: () => sale(push, settings) };
}

function sale(push: Reader, settings: CommonSettings): Understood {
  const customer = push.at('customer');
  const gateways = push.each('payment_gateway_names');
  const paidFen = push.fenOfYuan('total_price');
  return {
    occurredAt: push.instant('processed_at|created_at'),
    data: {
      orderNo: push.id('id'),
      version: push.id('updated_at'),
      store: storeOf(push.id('location_id'), null, settings) ?? { id: 'online' },
      channel: push.text('source_name') === 'pos' ? 'pos' : 'mall',
      cashier: push.has('user_id') ? { id: push.id('user_id') } : null,
      member: knownMember({
        externalId: customer.memberId('id'),
        phone: customer.phone('phone'),
        name: nameIn(customer),
      }),
      lines: soldOf(
        push.each('line_items').map((line) => {
          const unitPriceFen = line.fenOfYuan('price');
          const discountFen = sum(line.each('discount_allocations').map((part) => part.fenOfYuan('amount')));
          return {
            lineNo: line.id('id'),
            sku: line.id('sku|variant_id|product_id|title|id'),
            name: line.text('title|name'),
            brand: line.text('vendor', 100),
            // A gift card is not spending until it is used.
            pointsExcluded: line.bool('gift_card'),
            quantity: line.quantity('quantity'),
            unitPriceFen,
            discountFen,
            amountFen: lineFen(unitPriceFen, line.milli('quantity'), discountFen),
          };
        }),
        'order',
      ),
      amounts: { shippingFen: push.fenOfYuan('total_shipping_price_set.shop_money.amount'), paidFen },
      payments:
        gateways.length === 1
          ? payments([{ word: push.text('payment_gateway_names.0'), amountFen: paidFen }], settings)
          : [],
      couponCodes: push.each('discount_codes').map((code) => code.id('code')),
    },
  };
}

const nameIn = (customer: Reader): string | null =>
  [customer.text('last_name', 90), customer.text('first_name', 90)].filter(Boolean).join(' ') || null;
