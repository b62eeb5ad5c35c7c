/** Stripe: paid invoices, refunds of their charges, customers; test mode is never processed. */
import type { Reader } from '../lossless/reader.ts';
import { knownMember, memberEvent, notActedOn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const stripe = vendor<CommonSettings>({
  name: 'stripe',
  label: 'Stripe',
  settings: CommonSettings,
  signing: signedAs('stripe'),
  open: openJson,
  read,
  success: { body: '{"received":true}', contentType: 'application/json' },
});

function read(push: Reader): VendorDocument {
  const type = push.text('type') ?? 'unknown';
  const object = push.at('data.object');
  const id = object.id('id');
  const isTest = push.bool('livemode') === false;
  const at = push.instant('created', 's');
  switch (type) {
    case 'invoice.paid':
    case 'invoice.payment_succeeded':
      return { type: 'sale.completed', id, isTest, understand: () => sale(object, at) };
    case 'charge.refunded': {
      // `amount_refunded` is the total of all refunds; this refund is the difference.
      const refundNo = `${id ?? ''}-${object.id('amount_refunded') ?? ''}`;
      return { type: 'refund.completed', id: refundNo, isTest, understand: () => refund(push, refundNo, at) };
    }
    case 'customer.created':
    case 'customer.updated':
    case 'customer.deleted': {
      const member = { externalId: id, phone: object.phone('phone'), name: object.text('name') };
      const own = type.replace('customer.', 'member.');
      return { type: own, id, version: push.id('created'), isTest, understand: memberEvent(at, member) };
    }
    default:
      return { type, id: push.id('id'), isTest, understand: notActedOn(type) };
  }
}

function sale(invoice: Reader, at: string | null): Understood {
  const currency = invoice.text('currency')?.toLowerCase();
  if (currency !== 'cny') return { parked: { code: 'CURRENCY_FOREIGN', currency: currency ?? null } };
  return {
    occurredAt: invoice.instant('status_transitions.paid_at', 's') ?? at,
    data: {
      orderNo: invoice.id('id'),
      store: { id: 'online' },
      channel: 'mall',
      member: knownMember({
        externalId: invoice.memberId('customer'),
        phone: invoice.phone('customer_phone'),
      }),
      lines: invoice.each('lines.data').map((line) => ({
        lineNo: line.id('id'),
        sku: line.id('price.id|pricing.price_details.price|id'),
        name: line.text('description'),
        quantity: line.quantity('quantity') ?? '1',
        amountFen: line.fen('amount'),
      })),
      amounts: { paidFen: invoice.fen('amount_paid') },
    },
  };
}

function refund(push: Reader, refundNo: string, at: string | null): Understood {
  const charge = push.at('data.object');
  const orderNo = charge.id('invoice');
  if (orderNo === null)
    return {
      parked: {
        code: 'ADAPTER',
        says: '这笔 Stripe 退款不属于任何账单，没有可以冲减的销售；请核对后手工调整积分。',
      },
    };
  const before = push.fen('data.previous_attributes.amount_refunded') ?? 0;
  return {
    occurredAt: at,
    data: {
      refundNo,
      orderNo,
      scope: 'partial',
      lines: [],
      amounts: { refundedFen: (charge.fen('amount_refunded') ?? 0) - before },
    },
  };
}
