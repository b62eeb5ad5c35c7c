/** Square: the life of an order, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const money = (amount: number, currency = 'CNY') => ({ amount, currency });
const line = (given: object = {}) => ({
  uid: 'u1',
  name: '茶',
  quantity: '2',
  catalog_object_id: 'CAT1',
  base_price_money: money(6000),
  total_money: money(12000),
  ...given,
});
const push = (type: string, object: object, id = 'e1') => ({
  type,
  event_id: id,
  created_at: '2026-11-22T06:59:02Z',
  data: { object },
});
const order = (given: object = {}) =>
  push('order.updated', {
    order: {
      id: 'O1',
      version: 4,
      location_id: 'L1',
      state: 'COMPLETED',
      closed_at: '2026-11-22T06:59:00Z',
      customer_id: 'C1',
      tenders: [{ id: 'T1', payment_id: 'P1' }],
      line_items: [line()],
      total_money: money(12000),
      ...given,
    },
  });
const refund = (given: object = {}) =>
  push('refund.updated', {
    refund: {
      id: 'R1',
      order_id: 'made-for-the-refund',
      payment_id: 'P1',
      status: 'COMPLETED',
      amount_money: money(4000),
      created_at: '2026-11-22T06:59:30Z',
      updated_at: '2026-11-22T06:59:35Z',
      ...given,
    },
  });
const returned = (amount: number) => [
  { return_line_items: [{ uid: 'r1', name: '杯', quantity: '1', total_money: money(amount) }] },
];

walk({
  adapter: 'square',
  scheme: 'square',
  config: { url: 'https://huike.example/hooks/erp/shop' },
  states: [
    ['completed', 'earns', [order()], ['sale done'], 120],
    [
      'the notice, which names only the number',
      'read back',
      [push('order.updated', { order_updated: { order_id: 'O1', version: 4, state: 'COMPLETED' } })],
      ['sale.thin parked READ_BACK_NEEDED'],
      0,
    ],
    ['open, draft', 'nothing yet', [order({ state: 'OPEN' })], ['sale ignored NOT_FINISHED_YET'], 0],
    [
      'cancelled (never paid)',
      'nothing',
      [order({ state: 'CANCELED' })],
      ['sale ignored CALLED_OFF_UNPAID'],
      0,
    ],
    [
      'edited after payment (higher version)',
      'posts the difference',
      [
        order(),
        order({
          version: 5,
          total_money: money(6000),
          line_items: [line({ quantity: '1', total_money: money(6000) })],
        }),
      ],
      ['sale done', 'sale done'],
      60,
    ],
    [
      'partly refunded',
      'takes that part back: the payment leads to the sale',
      [order(), refund()],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'partly refunded, and the refund names the tender',
      'takes that part back',
      [order(), refund({ payment_id: null, tender_id: 'T1' })],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'refunded',
      'takes everything back',
      [order(), refund({ amount_money: money(12000) })],
      ['sale done', 'refund done'],
      0,
    ],
    ['the refund before its order', 'waits for it', [refund(), order()], ['refund done', 'sale done'], 80],
    [
      'a refund: PENDING',
      'nothing until it has moved',
      [order(), refund({ status: 'PENDING' })],
      ['sale done', 'refund.pending ignored NOT_PAID_BACK_YET'],
      120,
    ],
    [
      'a refund: REJECTED, FAILED',
      'nothing',
      [order(), refund({ status: 'FAILED' })],
      ['sale done', 'refund.pending ignored NOT_PAID_BACK'],
      120,
    ],
    [
      'a refund in another currency',
      'parked',
      [order(), refund({ amount_money: money(600, 'USD') })],
      ['sale done', 'refund.foreign parked CURRENCY_FOREIGN'],
      120,
    ],
    [
      'a refund that names no payment (unlinked)',
      'kept; it names nobody',
      [order(), refund({ payment_id: null, unlinked: true })],
      ['sale done', 'refund done'],
      120,
    ],
    [
      'an exchange for something dearer',
      'earns the difference',
      [order({ returns: returned(4000), net_amounts: { total_money: money(8000) } })],
      ['sale done'],
      80,
    ],
    [
      'an exchange that pays out',
      'parked',
      [order({ returns: returned(15000), net_amounts: { total_money: money(-3000) } })],
      ['sale parked ADAPTER'],
      0,
    ],
    [
      'another currency',
      'parked',
      [order({ total_money: money(5000, 'JPY') })],
      ['sale parked CURRENCY_FOREIGN'],
      0,
    ],
    [
      'a free amount (CUSTOM_AMOUNT)',
      'earns',
      [order({ line_items: [line({ catalog_object_id: null, name: null, item_type: 'CUSTOM_AMOUNT' })] })],
      ['sale done'],
      120,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [order({ line_items: [line({ quantity: '0.12345' })] })],
      ['sale done'],
      120,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [order({ line_items: [line({ total_money: money(0) })], total_money: money(0) })],
      ['sale done'],
      0,
    ],
    [
      'a gift card sold',
      '0 points until it is used',
      [order({ line_items: [line({ item_type: 'GIFT_CARD' })] })],
      ['sale done'],
      0,
    ],
    [
      'a test notification',
      'nothing',
      [{ type: 'webhooks.test_notification', event_id: 't1' }],
      ['ping ignored TEST'],
      0,
    ],
  ],
});
