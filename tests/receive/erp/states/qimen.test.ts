/** 奇门 POS: the life of a receipt, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const line = (quantity: string, amount: string, more = '') =>
  `<orderLine><itemCode>A</itemCode><itemName>杯</itemName><quantity>${quantity}</quantity><settlementAmount>${amount}</settlementAmount>${more}</orderLine>`;
type Receipt = {
  readonly code?: string;
  readonly paid?: string;
  readonly more?: string;
  readonly lines?: readonly string[];
};
const receipt = ({ code = 'R1', paid = '120.00', more = '', lines = [line('2', '120.00')] }: Receipt = {}) =>
  `<?xml version="1.0" encoding="utf-8"?><request><receipt><orderInfo><orderCode>${code}</orderCode><storeCode>S01</storeCode><VIPCode>V1</VIPCode><paidAmount>${paid}</paidAmount><saleDate>2026-11-22 14:59:00</saleDate>${more}</orderInfo><orderLines>${lines.join('')}</orderLines></receipt></request>`;
const original = '<orderWebCod>R1</orderWebCod>';
const back = (given: Receipt = {}) =>
  receipt({ code: 'R2', paid: '-60.00', more: original, lines: [line('-1', '-60.00')], ...given });

walk({
  adapter: 'qimen',
  scheme: 'qimen',
  headers: { 'content-type': 'text/xml' },
  query: {
    method: 'taobao.pos.receipt.synchronize',
    timestamp: '2026-11-22 15:00:00',
    format: 'xml',
    app_key: 'qm-app',
    v: '2.0',
    sign_method: 'md5',
  },
  states: [
    ['receipt.synchronize', 'earns', [receipt()], ['sale done'], 120],
    [
      'edited under the same number',
      'parked: 奇门 has no version',
      [receipt(), receipt({ paid: '60.00', lines: [line('1', '60.00')] })],
      ['sale done', 'sale parked SALE_CHANGED'],
      120,
    ],
    [
      'below zero, with its receipt',
      'takes that part back',
      [receipt(), back()],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'below zero, without its receipt',
      'takes the points for the money back',
      [receipt(), back({ more: '' })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'an exchange for something dearer (status 11)',
      'earns the difference',
      [
        receipt({
          paid: '60.00',
          lines: [line('2', '120.00', '<status>11</status>'), line('-1', '-60.00', '<status>12</status>')],
        }),
      ],
      ['sale done'],
      60,
    ],
    [
      'an exchange that pays out',
      'takes the money back',
      [receipt(), back({ paid: '-20.00', lines: [line('-1', '-60.00'), line('1', '40.00')] })],
      ['sale done', 'refund done'],
      100,
    ],
    [
      '赠品 (status 3)',
      'earns what was paid',
      [receipt({ lines: [line('2', '120.00'), line('1', '0.00', '<status>3</status>')] })],
      ['sale done'],
      120,
    ],
    [
      'a reduction below zero (status 4)',
      'earns what was paid',
      [receipt({ paid: '100.00', lines: [line('2', '120.00'), line('1', '-20.00', '<status>4</status>')] })],
      ['sale done'],
      100,
    ],
    [
      'change handed back (找零)',
      'earns what was paid',
      [receipt({ paid: '200.00', more: '<change>80.00</change>' })],
      ['sale done'],
      120,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [receipt({ paid: '0.00', lines: [line('1', '0.00')] })],
      ['sale done'],
      0,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [receipt({ lines: [line('0.12345', '120.00')] })],
      ['sale done'],
      120,
    ],
  ],
});
