/** Shopify: the life of an order, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const order = (given: object = {}) => ({
  id: 82,
  processed_at: '2026-11-22T14:59:00+08:00',
  updated_at: '2026-11-22T14:59:05+08:00',
  currency: 'CNY',
  financial_status: 'paid',
  total_price: '120.00',
  customer: { id: 7 },
  line_items: [line()],
  ...given,
});
const line = (given: object = {}) => ({
  id: 1,
  sku: 'A',
  title: '杯',
  quantity: 2,
  price: '60.00',
  ...given,
});
const later = (given: object) => order({ updated_at: '2026-11-22T14:59:50+08:00', ...given });
const moved = (status: string, given: object = {}) => ({
  kind: 'refund',
  status,
  amount: '40.00',
  currency: 'CNY',
  ...given,
});
const refund = (transactions: readonly object[], given: object = {}) => ({
  id: 9,
  order_id: 82,
  processed_at: '2026-11-22T14:59:30+08:00',
  refund_line_items: [],
  transactions,
  ...given,
});
const shopMoney = {
  refund_line_items: [
    {
      quantity: 1,
      line_item_id: 1,
      subtotal: '40.00',
      line_item: { sku: 'A' },
      subtotal_set: { shop_money: { amount: '40.00', currency_code: 'CNY' } },
    },
  ],
};
const usd = (status: string, amount: string) => moved(status, { amount, currency: 'USD' });
/** What is due in yuan, and, where the lines say it, in the customer's money. */
const due = (yuan: string, dollars?: string) => ({
  refund_line_items: [
    {
      quantity: 1,
      line_item_id: 1,
      subtotal: yuan,
      line_item: { sku: 'A' },
      subtotal_set: {
        shop_money: { amount: yuan, currency_code: 'CNY' },
        ...(dollars && { presentment_money: { amount: dollars, currency_code: 'USD' } }),
      },
    },
  ],
});
const calledOff = 'sale.unpaid ignored CALLED_OFF_UNPAID';
const notMade = 'refund.pending ignored NOT_PAID_BACK';
const notPaid = 'sale.unpaid ignored NOT_PAID_YET';
const notBack = 'refund.pending ignored NOT_PAID_BACK_YET';

walk({
  adapter: 'shopify',
  scheme: 'shopify',
  states: [
    ['paid', 'earns', [order()], ['sale done'], 120],
    [
      'pending (cash on delivery), authorized, partially_paid',
      'nothing until it is paid',
      [order({ financial_status: 'pending' }), later({})],
      [notPaid, 'sale done'],
      120,
    ],
    [
      'cancelled before payment (voided, pending)',
      'nothing, and waits for nothing',
      [order({ financial_status: 'voided', cancelled_at: '2026-11-22T14:59:10+08:00' })],
      [calledOff],
      0,
    ],
    [
      'paid, goods added and not paid for, then cancelled',
      'takes everything back',
      [order(), later({ financial_status: 'partially_paid', cancelled_at: '2026-11-22T14:59:40+08:00' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'cancelled after payment',
      'takes everything back',
      [order(), later({ cancelled_at: '2026-11-22T14:59:40+08:00', financial_status: 'refunded' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'edited after payment',
      'posts the difference, once the rest is paid',
      [order(), later({ total_price: '180.00', line_items: [line({ quantity: 3 })] })],
      ['sale done', 'sale done'],
      180,
    ],
    [
      'a refund: success',
      'takes that part back',
      [order(), refund([moved('success')])],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'a refund: pending',
      'nothing until it has moved',
      [order(), refund([moved('pending')])],
      ['sale done', notBack],
      120,
    ],
    ['a refund: failure', 'nothing', [order(), refund([moved('failure')])], ['sale done', notMade], 120],
    ['a refund: error', 'nothing', [order(), refund([moved('error')])], ['sale done', notMade], 120],
    [
      'a pending refund that succeeded, told within the order',
      'takes that part back',
      [order(), refund([moved('pending')]), later({ refunds: [refund([moved('success')])] })],
      ['sale done', notBack, 'sale done', 'refund done'],
      80,
    ],
    [
      'a refund of two payments, of which one has moved, then both',
      'takes back what has moved',
      [
        order(),
        refund([moved('success'), moved('pending', { amount: '20.00' })]),
        later({ refunds: [refund([moved('success'), moved('success', { amount: '20.00' })])] }),
      ],
      ['sale done', 'refund done', 'sale done', 'refund done'],
      60,
    ],
    [
      'a refund in another currency, its lines in ours',
      'takes back what the lines say',
      [order(), refund([moved('success', { amount: '5.60', currency: 'USD' })], shopMoney)],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'a refund in another currency, of which a part has moved',
      'takes back that share of what the lines say',
      [order(), refund([usd('success', '5.00'), usd('pending', '9.00')], due('112.00'))],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'the rest of it moves',
      'takes back the rest',
      [
        order(),
        refund([usd('success', '5.00'), usd('pending', '9.00')], due('112.00')),
        later({ refunds: [refund([usd('success', '5.00'), usd('success', '9.00')], due('112.00'))] }),
      ],
      ['sale done', 'refund done', 'sale done', 'refund done'],
      8,
    ],
    [
      'a refund in another currency that failed once, both moneys told',
      'takes back what has moved',
      [order(), refund([usd('failure', '14.00'), usd('success', '14.00')], due('112.00', '14.00'))],
      ['sale done', 'refund done'],
      8,
    ],
    [
      'a refund in another currency that failed once, only ours told',
      'parked: nobody knows which share moved',
      [order(), refund([usd('failure', '14.00'), usd('success', '14.00')], due('112.00'))],
      ['sale done', 'refund.foreign parked CURRENCY_FOREIGN'],
      120,
    ],
    [
      'a refund in another currency, and nothing in ours',
      'parked',
      [order(), refund([moved('success', { amount: '5.60', currency: 'USD' })])],
      ['sale done', 'refund.foreign parked CURRENCY_FOREIGN'],
      120,
    ],
    [
      'goods back without money',
      'keeps the points',
      [order(), refund([], shopMoney)],
      ['sale done', 'refund done'],
      120,
    ],
    [
      'a refund told again',
      'once',
      [order(), refund([moved('success')]), later({ refunds: [refund([moved('success')])] })],
      ['sale done', 'refund done', 'sale done', 'refund ignored REFUND_KNOWN'],
      80,
    ],
    ['another currency', 'parked', [order({ currency: 'USD' })], ['sale.foreign parked CURRENCY_FOREIGN'], 0],
    [
      'free of charge',
      'kept, 0 points',
      [order({ total_price: '0.00', line_items: [line({ price: '0.00' })] })],
      ['sale done'],
      0,
    ],
    [
      'a custom item without a number',
      'earns',
      [order({ line_items: [line({ sku: '', variant_id: null, product_id: null })] })],
      ['sale done'],
      120,
    ],
    [
      'a gift card sold',
      '0 points until it is used',
      [order({ line_items: [line({ gift_card: true })] })],
      ['sale done'],
      0,
    ],
    ['a test order', 'nothing', [order({ test: true })], ['sale ignored TEST'], 0],
    [
      'the refund of a test order, by itself or within it',
      'nothing',
      [
        order({ test: true }),
        refund([moved('success', { test: true })]),
        later({ test: true, refunds: [refund([moved('success')])] }),
      ],
      ['sale ignored TEST', 'refund ignored TEST', 'sale ignored TEST', 'refund ignored TEST'],
      0,
    ],
  ],
});
