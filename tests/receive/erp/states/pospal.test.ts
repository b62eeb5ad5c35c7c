/** 银豹: the life of a receipt, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const item = (given: object = {}) => ({
  name: '杯',
  sellPrice: 60,
  quantity: 2,
  totalAmount: 120,
  productUid: '555',
  ...given,
});
const ticket = (given: object = {}) => ({
  sn: '1',
  uid: '9',
  customerUid: '77',
  datetime: '2026-11-22 14:59:00',
  totalAmount: 120,
  rounding: 0,
  ticketType: 'SELL',
  invalid: 0,
  payments: [{ code: 'payCode_1', amount: 120 }],
  items: [item()],
  ...given,
});
const back = (given: object = {}) =>
  ticket({
    sn: '2',
    datetime: '2026-11-22 14:59:30',
    ticketType: 'SELL_RETURN',
    totalAmount: -60,
    payments: [],
    items: [item({ quantity: -1, totalAmount: -60 })],
    originalSn: '1',
    ...given,
  });
const whole = { totalAmount: -120, items: [item({ quantity: -2, totalAmount: -120 })] };

walk({
  adapter: 'pospal',
  scheme: 'pospal-v3',
  config: { signedBy: 'v3' },
  states: [
    ['SELL', 'earns', [ticket()], ['sale done'], 120],
    [
      'paid from stored value',
      'earns: the recharge did not',
      [ticket({ payments: [{ code: 'payCode_2', amount: 120 }] })],
      ['sale done'],
      120,
    ],
    [
      'edited under the same number',
      'parked: 银豹 has no version',
      [ticket(), ticket({ totalAmount: 60, items: [item({ quantity: 1, totalAmount: 60 })] })],
      ['sale done', 'sale parked SALE_CHANGED'],
      120,
    ],
    [
      'void (invalid 1)',
      'takes everything back',
      [ticket(), ticket({ invalid: 1 })],
      ['sale done', 'void done'],
      0,
    ],
    [
      'void, and the sale was never told',
      'waits for it without a word',
      [ticket({ invalid: 1 })],
      ['void waiting'],
      0,
    ],
    ['SELL_RETURN, part of it', 'takes that part back', [ticket(), back()], ['sale done', 'refund done'], 60],
    [
      'SELL_RETURN, all of it',
      'takes everything back',
      [ticket(), back(whole)],
      ['sale done', 'refund done'],
      0,
    ],
    [
      'a return without a sign',
      'takes that part back',
      [ticket(), back({ totalAmount: 60, items: [item({ quantity: 1, totalAmount: 60 })] })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'a return without its receipt',
      'takes the points for the money back',
      [ticket(), back({ originalSn: null })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'a return made void',
      'gives back what it took',
      [ticket(), back(), back({ invalid: 1 })],
      ['sale done', 'refund done', 'refund done'],
      120,
    ],
    [
      'the void of a return before the return',
      'takes nothing',
      [ticket(), back({ invalid: 1 }), back()],
      ['sale done', 'refund done', 'refund ignored REFUND_OUTDATED'],
      120,
    ],
    [
      'an exchange for something dearer',
      'earns the difference',
      [
        ticket({
          totalAmount: 60,
          items: [item(), item({ productUid: '556', quantity: -1, totalAmount: -60 })],
        }),
      ],
      ['sale done'],
      60,
    ],
    [
      'an exchange that pays out',
      'takes the points for the money back',
      [
        ticket(),
        ticket({
          sn: '3',
          totalAmount: -20,
          items: [
            item({ quantity: 1, totalAmount: 40 }),
            item({ productUid: '556', quantity: -1, totalAmount: -60 }),
          ],
        }),
      ],
      ['sale done', 'refund done'],
      100,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [ticket({ totalAmount: 0, items: [item({ totalAmount: 0 })] })],
      ['sale done'],
      0,
    ],
    [
      'a discount as a line below zero',
      'earns what was paid',
      [
        ticket({
          totalAmount: 100,
          items: [item(), item({ productUid: '0', name: '满减', quantity: 1, totalAmount: -20 })],
        }),
      ],
      ['sale done'],
      100,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [ticket({ items: [item({ quantity: 0.81234 })] })],
      ['sale done'],
      120,
    ],
    [
      'a line without a product',
      'earns',
      [ticket({ items: [item({ productUid: null })] })],
      ['sale done'],
      120,
    ],
    ['a stranger (customerUid 0)', 'kept, nobody earns', [ticket({ customerUid: 0 })], ['sale done'], 0],
  ],
});
