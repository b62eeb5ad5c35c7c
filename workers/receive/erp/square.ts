/** Square: refunds and customers come whole, orders only by number; fetched documents have the same envelope. */
import type { Reason } from '../../../schema/index.ts';
import type { Reader } from '../lossless/reader.ts';
import { foreign } from './kernel/payments.ts';
import { ignored, knownMember, memberEvent, needsReadBack, notActedOn, parked } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const square = vendor<CommonSettings>({
  name: 'square',
  label: 'Square',
  settings: CommonSettings,
  signing: signedAs('square'),
  open: openJson,
  read,
  success: { body: '{"ok":true}', contentType: 'application/json' },
  readBack: { calls: { 'sale.thin': 'GET /v2/orders/{order_id}' }, afterSeconds: 5 },
});

/** One event_id can occur with two states, so the state is part of the id. */
function read(push: Reader): VendorDocument {
  const type = push.text('type') ?? 'unknown';
  const object = push.at('data.object');
  if (type === 'webhooks.test_notification') {
    return {
      type: 'ping',
      id: push.id('event_id'),
      isTest: true,
      understand: ignored({ code: 'TEST' }),
    };
  }
  if (object.has('order.line_items')) {
    const order = object.at('order');
    return {
      type: 'sale.completed',
      id: order.id('id'),
      version: order.id('version'),
      understand: () => sale(order),
    };
  }
  if (object.has('refund')) return refund(object.at('refund'));
  if (object.has('customer')) {
    const customer = object.at('customer');
    const id = customer.id('id');
    const names = [customer.text('family_name', 90), customer.text('given_name', 90)];
    const member = {
      externalId: id,
      phone: customer.phone('phone_number'),
      name: names.filter(Boolean).join(' ') || null,
    };
    const kind =
      type === 'customer.created'
        ? 'member.created'
        : type === 'customer.deleted'
          ? 'member.deleted'
          : 'member.updated';
    return {
      type: kind,
      id,
      version: customer.id('version|updated_at'),
      understand: memberEvent(push.instant('created_at'), member, customer.instant('created_at')),
    };
  }
  const orderId = object.id('order_updated.order_id|order_created.order_id|payment.order_id');
  if (orderId !== null) {
    const version = object.id('order_updated.version|order_created.version|payment.version');
    return { type: 'sale.thin', id: orderId, version, understand: needsReadBack('order', orderId) };
  }
  return { type, id: push.id('data.id|event_id'), understand: notActedOn(type) };
}

/** Minor units already: `amount` is fen. Quantities have up to five decimals; a free amount has no name and no catalogue number. */
function sale(order: Reader): Understood {
  const state = order.text('state') ?? '';
  if (state === 'CANCELED') return { ignored: { code: 'CALLED_OFF_UNPAID', state } };
  if (state !== 'COMPLETED') return { ignored: { code: 'NOT_FINISHED_YET', state: state || null } };
  const currency = foreign(order.text('total_money.currency'));
  if (currency) return { parked: currency };
  // What goods exchanged in are worth is taken off already.
  const paidFen = order.fen('net_amounts.total_money.amount|total_money.amount');
  if (paidFen !== null && paidFen < 0) return { parked: paysOut };
  const taken = order.each('returns').flatMap((part) => part.each('return_line_items'));
  return {
    occurredAt: order.instant('closed_at|created_at'),
    data: {
      orderNo: order.id('id'),
      version: order.id('version'),
      store: { id: order.id('location_id') },
      member: knownMember({ externalId: order.memberId('customer_id') }),
      lines: [
        ...soldOf(order.each('line_items').map(soldLine), 'order'),
        ...taken.map((line) => ({ ...soldLine(line), kind: 'exchange_in' })),
      ],
      amounts: { paidFen },
      paymentNos: [...new Set(order.each('tenders').flatMap((tender) => namesOf(tender)))],
    },
  };
}

/** A refund names the payment; of an order from before there were payments it names the tender. */
const namesOf = (tender: Reader): readonly string[] =>
  [tender.id('payment_id'), tender.id('id')].filter((name) => name !== null);

const paysOut: Reason = {
  code: 'ADAPTER',
  says: '这张 Square 换货单退的比卖的多，退的钱会另外推送；请核对后手工调整积分。',
};

const soldLine = (line: Reader) => ({
  lineNo: line.id('uid'),
  sku: line.id('catalog_object_id|name|item_type|uid'),
  name: line.text('name'),
  // A gift card is not spending until it is used.
  pointsExcluded: line.text('item_type') === 'GIFT_CARD',
  quantity: line.quantity('quantity'),
  unitPriceFen: line.fen('base_price_money.amount'),
  amountFen: line.fen('total_money.amount'),
});

const notMade = new Set(['REJECTED', 'FAILED']);

function refund(refunded: Reader): VendorDocument {
  const state = refunded.text('status') ?? '';
  const id = refunded.id('id');
  if (state !== 'COMPLETED') {
    return {
      type: 'refund.pending',
      id,
      version: state,
      understand: ignored({
        code: notMade.has(state) ? 'NOT_PAID_BACK' : 'NOT_PAID_BACK_YET',
        state: state || null,
      }),
    };
  }
  const currency = foreign(refunded.text('amount_money.currency'));
  if (currency) return { type: 'refund.foreign', id, version: state, understand: parked(currency) };
  const paymentNo = refunded.id('payment_id|tender_id');
  return {
    type: 'refund.completed',
    id,
    version: state,
    understand: () => ({
      occurredAt: refunded.instant('updated_at|created_at'),
      data: {
        refundNo: id,
        version: refunded.id('updated_at'),
        // Its order is one that was made for the refund; only the payment leads to the sale.
        paymentNo,
        scope: paymentNo === null ? 'no_original' : 'partial',
        lines: [],
        amounts: { refundedFen: refunded.fen('amount_money.amount') },
      },
    }),
  };
}
