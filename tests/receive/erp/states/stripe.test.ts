/** Stripe: the life of an invoice, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const push = (type: string, object: object, given: object = {}) => ({
  id: `evt_${type}`,
  type,
  livemode: true,
  created: 1795330745,
  data: { object, ...given },
});
const line = (given: object = {}) => ({
  id: 'il_1',
  amount: 12000,
  quantity: 1,
  description: 'Pro',
  ...given,
});
const fields = {
  id: 'in_1',
  currency: 'cny',
  customer: 'cus_1',
  amount_paid: 12000,
  status_transitions: { paid_at: 1795330740 },
  lines: { data: [line()] },
};
const invoice = (given: object = {}) => push('invoice.paid', { ...fields, ...given });
const payment = { payment: { type: 'payment_intent', payment_intent: 'pi_1' } };
const paid = push('invoice_payment.paid', { id: 'inpay_1', invoice: 'in_1', ...payment });
const charge = (refunded: number, before: number, given: object = {}) =>
  push(
    'charge.refunded',
    { id: 'ch_1', amount_refunded: refunded, currency: 'cny', payment_intent: 'pi_1', ...given },
    { previous_attributes: { amount_refunded: before } },
  );
const listed = { payments: { data: [payment] } };

walk({
  adapter: 'stripe',
  scheme: 'stripe',
  states: [
    ['invoice.paid', 'earns', [invoice()], ['sale done'], 120],
    [
      'invoice.payment_succeeded beside it',
      'once',
      [invoice(), push('invoice.payment_succeeded', fields)],
      ['sale done', 'sale ignored SALE_KNOWN'],
      120,
    ],
    [
      'invoice.created, finalized, payment_failed, voided: not paid',
      'nothing',
      [push('invoice.voided', fields)],
      ['invoice.voided ignored NOT_ACTED_ON'],
      0,
    ],
    [
      'partly refunded, before API 2025-03-31: the charge names the invoice',
      'takes that part back',
      [invoice(), charge(4000, 0, { invoice: 'in_1' })],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'refunded since: the payment is listed with the invoice',
      'takes everything back',
      [invoice(listed), charge(12000, 0)],
      ['sale done', 'refund done'],
      0,
    ],
    [
      'refunded since: the payment is told by invoice_payment.paid',
      'takes that part back',
      [invoice(), paid, charge(4000, 0)],
      ['sale done', 'paid done', 'refund done'],
      80,
    ],
    [
      'the refund before all of them',
      'waits for them',
      [charge(4000, 0), paid, invoice()],
      ['refund done', 'paid done', 'sale done'],
      80,
    ],
    [
      'a charge without an invoice, before API 2025-03-31, is refunded',
      'nothing: it earned nothing',
      [
        charge(4000, 0, { invoice: null }),
        { ...charge(9000, 4000, { payment_intent: 'pi_2' }), api_version: '2024-06-20' },
      ],
      ['refund.unbilled ignored ADAPTER', 'refund.unbilled ignored ADAPTER'],
      0,
    ],
    [
      'a charge without an invoice is refunded since',
      'waits: nothing says whether an invoice comes; after three days it is pointed out',
      [{ ...charge(4000, 0), api_version: '2025-03-31.basil' }],
      ['refund waiting'],
      0,
    ],
    [
      'refunded in two parts, told in any order',
      'takes both back',
      [invoice(listed), charge(9000, 4000), charge(4000, 0)],
      ['sale done', 'refund done', 'refund done'],
      30,
    ],
    [
      'a refund that failed afterwards',
      'parked: give back by hand',
      [invoice(listed), push('refund.failed', { id: 're_1', charge: 'ch_1', status: 'failed' })],
      ['sale done', 'refund.failed parked ADAPTER'],
      120,
    ],
    [
      'a refund in another currency',
      'parked',
      [invoice(listed), charge(4000, 0, { currency: 'usd' })],
      ['sale done', 'refund parked CURRENCY_FOREIGN'],
      120,
    ],
    [
      'a change of plan: unused time below zero',
      'earns what was paid',
      [
        invoice({
          amount_paid: 3000,
          lines: { data: [line({ id: 'a', amount: -2000 }), line({ amount: 5000 })] },
        }),
      ],
      ['sale done'],
      30,
    ],
    [
      'an invoice over 0, without lines',
      'kept, 0 points',
      [invoice({ amount_paid: 0, lines: { data: [] } })],
      ['sale done'],
      0,
    ],
    [
      'an invoice of credits alone',
      'kept, 0 points',
      [invoice({ amount_paid: 0, lines: { data: [line({ amount: -2000 })] } })],
      ['sale done'],
      0,
    ],
    ['paid from a balance', '0 points', [invoice({ amount_paid: 0 })], ['sale done'], 0],
    [
      'more lines than the event holds',
      'earns what was paid',
      [invoice({ amount_paid: 20000, lines: { has_more: true, data: [line()] } })],
      ['sale done'],
      200,
    ],
    ['another currency', 'parked', [invoice({ currency: 'jpy' })], ['sale parked CURRENCY_FOREIGN'], 0],
    ['test mode', 'nothing', [{ ...invoice(), livemode: false }], ['sale ignored TEST'], 0],
  ],
});
