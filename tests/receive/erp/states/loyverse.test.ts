/** Loyverse: the life of a receipt, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const line = (given: object = {}) => ({
  id: 'l1',
  sku: 'A',
  item_name: '拿铁',
  quantity: 2,
  price: 60,
  total_money: 120,
  ...given,
});
const told = (given: object = {}) => ({
  merchant_id: 'm1',
  type: 'receipts.update',
  receipts: [
    {
      receipt_number: '2-1',
      receipt_type: 'SALE',
      refund_for: null,
      receipt_date: '2026-11-22T06:59:00.000Z',
      updated_at: '2026-11-22T06:59:05.000Z',
      cancelled_at: null,
      store_id: 's1',
      customer_id: 'c1',
      total_money: 120,
      line_items: [line()],
      payments: [],
      ...given,
    },
  ],
});
const later = { updated_at: '2026-11-22T06:59:50.000Z' };
const back = (given: object = {}) =>
  told({
    receipt_number: '2-2',
    receipt_type: 'REFUND',
    refund_for: '2-1',
    receipt_date: '2026-11-22T06:59:30.000Z',
    total_money: 60,
    line_items: [line({ quantity: 1, total_money: 60 })],
    ...given,
  });
const cancelled = { ...later, cancelled_at: '2026-11-22T06:59:40.000Z' };

walk({
  adapter: 'loyverse',
  scheme: 'loyverse',
  states: [
    ['SALE', 'earns', [told()], ['sale done'], 120],
    [
      'edited (updated_at rises)',
      'posts the difference',
      [told(), told({ ...later, total_money: 60, line_items: [line({ quantity: 1, total_money: 60 })] })],
      ['sale done', 'sale done'],
      60,
    ],
    ['cancelled', 'takes everything back', [told(), told(cancelled)], ['sale done', 'void done'], 0],
    ['REFUND', 'takes that part back', [told(), back()], ['sale done', 'refund done'], 60],
    [
      'REFUND of all of it',
      'takes everything back',
      [told(), back({ total_money: 120, line_items: [line()] })],
      ['sale done', 'refund done'],
      0,
    ],
    ['the refund before its sale', 'waits for it', [back(), told()], ['refund done', 'sale done'], 60],
    [
      'a REFUND that is cancelled',
      'gives back what it took',
      [told(), back(), back(cancelled)],
      ['sale done', 'refund done', 'refund done'],
      120,
    ],
    [
      'a REFUND without its receipt',
      'takes the points for the money back',
      [told(), back({ refund_for: null })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [told({ total_money: 0, line_items: [line({ total_money: 0 })] })],
      ['sale done'],
      0,
    ],
    ['an item without a number', 'earns', [told({ line_items: [line({ sku: null })] })], ['sale done'], 120],
    [
      'a weight with five decimals',
      'earns what was paid',
      [told({ line_items: [line({ quantity: 0.12345 })] })],
      ['sale done'],
      120,
    ],
    [
      'another currency',
      'never known: Loyverse names none, so the account has to be in CNY',
      [told()],
      ['sale done'],
      120,
    ],
  ],
});
