/** WooCommerce: one document per order, sent again with each change; it contains its refunds. */
import { parseForm } from '../lossless/form.ts';
import type { Reader } from '../lossless/reader.ts';
import { foreign, paymentMethod } from './kernel/payments.ts';
import { isObject, listOf } from '../lossless/tree.ts';
import { ignored, knownMember, memberEvent, notActedOn, parked, payments, storeOf } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const woocommerce = vendor<CommonSettings>({
  name: 'woocommerce',
  label: 'WooCommerce',
  settings: CommonSettings,
  // The secret is chosen when the webhook is added in WooCommerce.
  issuesSecret: false,
  signing: signedAs('woocommerce'),
  // Switching a webhook on sends `webhook_id=N`, unsigned.
  probe: ({ headers, body }) => {
    if (headers.has('x-wc-webhook-signature') || body.length > 64) return false;
    const fields = parseForm(new TextDecoder().decode(body));
    return fields?.size === 1 && /^\d+$/.test(fields.get('webhook_id') ?? '');
  },
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    const [order] = letters;
    if (!order || !isObject(order.tree)) return letters;
    const { tree } = order;
    const refunds = listOf(tree['refunds']).map((refund): Letter => ({
      tree: {
        refund,
        order_id: tree['id'] ?? null,
        at: tree['date_modified_gmt'] ?? null,
        currency: tree['currency'] ?? null,
      },
    }));
    return [order, ...refunds];
  },
  read,
  success: { body: '{"ok":true}', contentType: 'application/json' },
});

function read(push: Reader, settings: CommonSettings): VendorDocument {
  if (push.has('refund')) return refund(push);
  const id = push.id('id');
  const version = push.id('date_modified_gmt|date_modified');
  if (push.has('line_items')) return order(push, settings, { id, version });
  if (push.has('role') || push.has('username')) {
    const member = {
      externalId: id,
      phone: push.phone('billing.phone'),
      name: push.text('billing.first_name|first_name'),
    };
    return {
      type: 'member.updated',
      id,
      version,
      understand: memberEvent(
        gmt(push, 'date_modified_gmt|date_created_gmt'),
        member,
        gmt(push, 'date_created_gmt'),
      ),
    };
  }
  return {
    type: 'unknown',
    id,
    version,
    // A deletion holds only the number.
    understand: notActedOn(null),
  };
}

/** An order that ended so earns nothing, and gives back what it had earned. */
const takenBack = new Set(['cancelled', 'failed', 'trash']);

type Key = { readonly id: string | null; readonly version: string | null };

/** They are paid before anything is sent, and WooCommerce dates the payment then. */
const paidFirst = new Set(['wechat', 'alipay', 'card']);
const paidFirstGateway = /^(?:bacs|cheque|paypal|ppcp|ppec|stripe|woocommerce_payments|square|wechat|alipay)/;

/**
 * 货到付款: it counts from the day it is sent out, and has no date of payment until the parcel is taken. Any plugin may call such a gateway
 * as it likes, so every gateway is one of them that is not known to be paid first.
 */
function isPaidLater(push: Reader, settings: CommonSettings): boolean {
  const gateway = push.text('payment_method');
  const isFirst =
    paidFirst.has(paymentMethod(gateway, settings.payments)) || paidFirstGateway.test(gateway ?? '');
  return !isFirst;
}

function order(push: Reader, settings: CommonSettings, key: Key): VendorDocument {
  const currency = foreign(push.text('currency'));
  if (currency) return { ...key, type: 'sale.foreign', understand: parked(currency) };
  const status = push.text('status') ?? 'none';
  const isPaid = push.has('date_paid_gmt|date_paid|date_completed_gmt|date_completed');
  const isSent = status === 'completed' || status === 'processing';
  const isOver = takenBack.has(status) || (status === 'refunded' && push.each('refunds').length === 0);
  // One rule for both: what can have counted can be taken back.
  const mayCount = isPaid || isPaidLater(push, settings);
  if (!mayCount || !(isPaid || isSent || isOver)) {
    // After a payment that failed the customer may try again.
    const code = isOver && status !== 'failed' ? 'CALLED_OFF_UNPAID' : 'NOT_PAID_YET';
    return { ...key, type: 'sale.unpaid', understand: ignored({ code, state: status }) };
  }
  if (isOver) {
    const understand = (): Understood => ({
      occurredAt: gmt(push, 'date_modified_gmt'),
      data: { orderNo: key.id },
    });
    return { ...key, type: 'sale.voided', understand };
  }
  return { ...key, type: 'sale.completed', understand: () => sale(push, settings) };
}

function sale(push: Reader, settings: CommonSettings): Understood {
  const paidFen = push.fenOfYuan('total');
  return {
    occurredAt: gmt(push, 'date_paid_gmt|date_created_gmt'),
    data: {
      orderNo: push.id('id'),
      version: push.id('date_modified_gmt|date_modified'),
      store: storeOf(null, null, settings) ?? { id: 'online' },
      channel: 'mall',
      member: knownMember({
        externalId: push.memberId('customer_id'),
        phone: push.phone('billing.phone'),
        name: push.text('billing.first_name'),
      }),
      lines: soldOf(
        push.each('line_items').map((line) => ({
          lineNo: line.id('id'),
          // A line that was written in by hand has no product, but may have a name.
          sku: line.memberId('sku|variation_id') ?? line.memberId('product_id') ?? line.id('name|id'),
          name: line.text('name'),
          quantity: line.quantity('quantity'),
          amountFen: withTax(line, 'total', 'total_tax'),
        })),
        'order',
      ),
      amounts: { shippingFen: withTax(push, 'shipping_total', 'shipping_tax'), paidFen },
      payments: payments([{ word: push.text('payment_method'), amountFen: paidFen }], settings),
      couponCodes: push.each('coupon_lines').map((coupon) => coupon.id('code')),
    },
  };
}

/** What was paid for it: WooCommerce writes the tax apart, also where prices contain it. */
function withTax(part: Reader, net: string, tax: string): number | null {
  const fen = part.fenOfYuan(net, { rounding: 'half_up' });
  return fen === null ? null : fen + (part.fenOfYuan(tax, { rounding: 'half_up' }) ?? 0);
}

/** The id is order and refund number, however often the order is sent again. */
function refund(push: Reader): VendorDocument {
  const orderNo = push.id('order_id');
  const refundNo = `${orderNo ?? ''}-${push.id('refund.id') ?? ''}`;
  const currency = foreign(push.text('currency'));
  if (currency) return { type: 'refund.foreign', id: refundNo, understand: parked(currency) };
  return {
    type: 'refund.completed',
    id: refundNo,
    understand: () => ({
      occurredAt: gmt(push, 'at'),
      data: {
        refundNo,
        orderNo,
        scope: 'partial',
        lines: [],
        amounts: { refundedFen: push.fenOfYuan('refund.total', { sign: 'abs' }) },
      },
    }),
  };
}

/** `_gmt` times are UTC without an offset. */
function gmt(push: Reader, names: string): string | null {
  const text = push.text(names);
  return text === null ? null : `${text.replace(/Z$/, '')}Z`;
}
