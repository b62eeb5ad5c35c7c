/** Stripe: paid invoices, refunds of their charges, customers; test mode is never processed. */
import type { Reason } from '../../../schema/index.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { foreign } from './kernel/payments.ts';
import { ignored, knownMember, memberEvent, notActedOn, parked, sum } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
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
      if (isWithoutInvoice(push))
        return { type: 'refund.unbilled', id: refundNo, isTest, understand: ignored(unbilled) };
      return { type: 'refund.completed', id: refundNo, isTest, understand: () => refund(push, refundNo, at) };
    }
    case 'invoice_payment.paid':
      return { type: 'sale.paid', id, isTest, understand: () => paid(object, at) };
    case 'refund.failed':
      return { type, id, isTest, understand: parked(refundFailed) };
    case 'refund.updated':
    case 'charge.refund.updated': {
      const state = object.text('status') ?? '';
      const isTaken = state === 'failed' || state === 'canceled';
      return {
        type,
        id,
        version: state,
        isTest,
        understand: isTaken ? parked(refundFailed) : notActedOn(type),
      };
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

/** From here on a charge names only its payment. */
const namesNoInvoiceSince = '2025-03-31';

/** Up to then it says so where there is none: no invoice, no points. */
function isWithoutInvoice(push: Reader): boolean {
  const { tree } = push.at('data.object');
  if (!isObject(tree) || push.has('data.object.invoice')) return false;
  const version = push.text('api_version') ?? namesNoInvoiceSince;
  return tree['invoice'] === null || version.slice(0, namesNoInvoiceSince.length) < namesNoInvoiceSince;
}

const unbilled: Reason = {
  code: 'ADAPTER',
  says: '这笔 Stripe 收款没有账单（invoice），没有计过积分；退款不需要处理。',
};

/** The charge said that it was refunded; nothing says what of it still stands. */
const refundFailed: Reason = {
  code: 'ADAPTER',
  says: '这笔 Stripe 退款没有成功，钱回到了店里；之前收回的积分请核对后手工加回。',
};

function sale(invoice: Reader, at: string | null): Understood {
  const currency = foreign(invoice.text('currency'));
  if (currency) return { parked: currency };
  const paidFen = invoice.fen('amount_paid');
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
      lines: linesIn(invoice, paidFen ?? 0),
      amounts: { paidFen },
      paymentNos: paymentsOf(invoice),
    },
  };
}

/** Unused time of a plan is a line below zero; of a long invoice only the first lines are told. */
function linesIn(invoice: Reader, paidFen: number): readonly object[] {
  const lines = invoice.each('lines.data').map((line) => ({
    lineNo: line.id('id'),
    sku: line.id('price.id|pricing.price_details.price|id'),
    name: line.text('description'),
    quantity: line.quantity('quantity') ?? '1',
    amountFen: line.fen('amount'),
  }));
  const goods = soldOf(lines, 'invoice');
  const untoldFen = paidFen - sum(lines.map(({ amountFen }) => amountFen));
  if (invoice.bool('lines.has_more') !== true || untoldFen <= 0) return goods;
  return [...goods, { lineNo: 'more', sku: 'invoice', quantity: '1', amountFen: untoldFen }];
}

/** Up to 2025-03-31 an invoice names its payment itself; since then a list of payments does, or `invoice_payment.paid`. */
function paymentsOf(invoice: Reader): readonly (string | null)[] {
  const listed = invoice.each('payments.data').map((entry) => entry.at('payment'));
  return [...new Set([...listed, invoice].flatMap((entry) => namesOf(entry)))];
}

/** A refund names whichever of the two its charge has. */
const namesOf = (payment: Reader): readonly string[] =>
  [payment.id('payment_intent.id|payment_intent'), payment.id('charge.id|charge')].filter(
    (name) => name !== null,
  );

function paid(entry: Reader, at: string | null): Understood {
  const paymentNos = namesOf(entry.at('payment'));
  // Marked as paid by hand, or from a balance: nothing that could be paid back by itself.
  if (paymentNos.length === 0) return { ignored: { code: 'NOT_ACTED_ON', type: 'invoice_payment.paid' } };
  return { occurredAt: at, data: { orderNo: entry.id('invoice.id|invoice'), paymentNos } };
}

/** What a charge names its sale by: the invoice, or since 2025-03-31 only the payment. */
function refund(push: Reader, refundNo: string, at: string | null): Understood {
  const charge = push.at('data.object');
  const currency = foreign(charge.text('currency'));
  if (currency) return { parked: currency };
  const orderNo = charge.id('invoice.id|invoice');
  const paymentNo = orderNo === null ? charge.id('payment_intent.id|payment_intent|id') : null;
  const before = push.fen('data.previous_attributes.amount_refunded') ?? 0;
  return {
    occurredAt: at,
    data: {
      refundNo,
      orderNo,
      paymentNo,
      scope: 'partial',
      lines: [],
      amounts: { refundedFen: (charge.fen('amount_refunded') ?? 0) - before },
    },
  };
}
