/** WooCommerce: the life of an order, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const order = (given: object = {}) => ({
  id: 727,
  status: 'processing',
  currency: 'CNY',
  date_created_gmt: '2026-11-22T06:58:00',
  date_paid_gmt: '2026-11-22T06:59:00',
  date_modified_gmt: '2026-11-22T06:59:05',
  total: '120.00',
  shipping_total: '0.00',
  payment_method: 'wechat',
  customer_id: 7,
  line_items: [line()],
  refunds: [],
  ...given,
});
const line = (given: object = {}) => ({
  id: 1,
  sku: 'A',
  name: '杯',
  quantity: 2,
  total: '120.00',
  ...given,
});
const later = (given: object) => order({ date_modified_gmt: '2026-11-22T06:59:50', ...given });
const unpaid = { date_paid_gmt: null };
const cod = { ...unpaid, payment_method: 'cod' };
const refunds = (total: string) => [{ id: 760, total }];
const ownCod = { ...unpaid, payment_method: 'cod_custom' };
const calledOff = 'sale.unpaid ignored CALLED_OFF_UNPAID';
const notPaid = 'sale.unpaid ignored NOT_PAID_YET';

walk({
  adapter: 'woocommerce',
  scheme: 'woocommerce',
  states: [
    ['paid', 'earns', [order()], ['sale done'], 120],
    ['pending, on-hold', 'nothing yet', [order({ ...unpaid, status: 'on-hold' })], [notPaid], 0],
    ['cash on delivery, processing', 'earns', [order(cod)], ['sale done'], 120],
    [
      'cash on delivery, then cancelled',
      'takes everything back',
      [order(cod), later({ ...cod, status: 'cancelled' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'cash on delivery, then failed',
      'takes everything back',
      [order(cod), later({ ...cod, status: 'failed' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'cash on delivery, completed, then cancelled',
      'takes everything back',
      [order({ ...cod, status: 'completed' }), later({ payment_method: 'cod', status: 'cancelled' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'cash on delivery by another gateway, then cancelled',
      'takes everything back',
      [order(ownCod), later({ ...ownCod, status: 'cancelled' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'cash on delivery, cancelled before it was sent',
      'waits for it without a word',
      [order({ ...ownCod, status: 'cancelled' })],
      ['void waiting'],
      0,
    ],
    [
      'processing without a date of payment, by a gateway that is paid first',
      'nothing yet',
      [order(unpaid)],
      [notPaid],
      0,
    ],
    [
      'refunded without a refund',
      'takes everything back',
      [order(cod), later({ ...cod, status: 'refunded' })],
      ['sale done', 'void done'],
      0,
    ],
    ['trash', 'takes everything back', [order(), later({ status: 'trash' })], ['sale done', 'void done'], 0],
    [
      'cancelled before payment',
      'nothing, and waits for nothing',
      [order({ ...unpaid, status: 'cancelled' })],
      [calledOff],
      0,
    ],
    [
      'failed before payment',
      'nothing: it may be paid again',
      [order({ ...unpaid, status: 'failed' })],
      [notPaid],
      0,
    ],
    [
      'cancelled after payment',
      'takes everything back',
      [order(), later({ status: 'cancelled' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'edited after payment',
      'posts the difference',
      [order(), later({ total: '60.00', line_items: [line({ quantity: 1, total: '60.00' })] })],
      ['sale done', 'sale done'],
      60,
    ],
    [
      'partly refunded',
      'takes that part back',
      [order(), later({ refunds: refunds('-40.00') })],
      ['sale done', 'sale done', 'refund done'],
      80,
    ],
    [
      'refunded',
      'takes everything back',
      [order(), later({ status: 'refunded', refunds: refunds('-120.00') })],
      ['sale done', 'sale done', 'refund done'],
      0,
    ],
    [
      'another currency',
      'parked',
      [order({ currency: 'JPY', total: '5000' })],
      ['sale.foreign parked CURRENCY_FOREIGN'],
      0,
    ],
    [
      'a refund in another currency',
      'parked',
      [order({ currency: 'JPY', refunds: refunds('-40') })],
      ['sale.foreign parked CURRENCY_FOREIGN', 'refund.foreign parked CURRENCY_FOREIGN'],
      0,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [order({ total: '0.00', line_items: [line({ total: '0.00' })] })],
      ['sale done'],
      0,
    ],
    [
      'a discount as a line below zero',
      'earns what was paid',
      [order({ total: '100.00', line_items: [line(), line({ id: 2, sku: 'off', total: '-20.00' })] })],
      ['sale done'],
      100,
    ],
    [
      'a line without a product',
      'earns what was paid',
      [order({ line_items: [line({ sku: '', product_id: 0, name: '定金' })] })],
      ['sale done'],
      120,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [order({ line_items: [line({ quantity: 0.12345 })] })],
      ['sale done'],
      120,
    ],
    [
      'tax written apart',
      'earns it too',
      [order({ line_items: [line({ total: '106.19', total_tax: '13.81' })] })],
      ['sale done'],
      120,
    ],
    [
      'deleted: only the number comes',
      'nothing: cancel it first',
      [order(), { id: 727 }],
      ['sale done', 'unknown ignored NOT_ACTED_ON'],
      120,
    ],
    [
      'a refund deleted',
      'nothing: no push says so',
      [order(), later({ refunds: refunds('-40.00') }), order({ date_modified_gmt: '2026-11-22T06:59:55' })],
      ['sale done', 'sale done', 'refund done', 'sale done'],
      80,
    ],
  ],
});
