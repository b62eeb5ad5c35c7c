/** 聚水潭: the life of an after-sale, as docs/erp-states.md tells it; the sale itself is told by the shop that sold it. */
import { line, sale } from '../../../support/builders.ts';
import { walk } from '../../../support/erp/states.ts';

const afterSale = (status: string, given: object = {}) =>
  String(
    new URLSearchParams({
      biz: JSON.stringify({
        as_id: 70,
        so_id: '8005-372',
        status,
        refund: '40.00',
        modified: '2026-11-22 14:59:30',
        as_date: '2026-11-22 14:59:20',
        items: [{ sku_id: 'milk', name: '奶粉', qty: 1, amount: '40.00' }],
        ...given,
      }),
      action_code: 'refund.upload',
      timestamp: '1795330770',
    }),
  );
const later = { modified: '2026-11-22 14:59:50' };
const notBack = 'refund ignored NOT_PAID_BACK_YET';

walk({
  adapter: 'jst',
  scheme: 'kv-digest',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  before: sale({ lines: [line({ quantity: '3', amountFen: 12_000 })] }),
  states: [
    ['WaitConfirm', 'nothing yet', [afterSale('WaitConfirm')], [notBack], 120],
    ['Confirmed', 'takes that part back', [afterSale('Confirmed')], ['refund done'], 80],
    [
      'Confirmed, then told again with another amount',
      'posts the difference',
      [afterSale('Confirmed'), afterSale('Confirmed', { ...later, refund: '60.00' })],
      ['refund done', 'refund done'],
      60,
    ],
    [
      'Confirmed, then Cancelled',
      'gives back what it took',
      [afterSale('Confirmed'), afterSale('Cancelled', later)],
      ['refund done', 'refund done'],
      120,
    ],
    ['Cancelled before it was confirmed', 'takes nothing', [afterSale('Cancelled')], ['refund done'], 120],
    [
      'without an order',
      'takes nothing from anybody: it names nobody',
      [afterSale('Confirmed', { so_id: '' })],
      ['refund done'],
      120,
    ],
    [
      'goods back, and no money (换货, 补发)',
      'keeps the points',
      [afterSale('Confirmed', { refund: '0.00' })],
      ['refund done'],
      120,
    ],
    [
      'shipping, stock',
      'kept for the record',
      [
        String(
          new URLSearchParams({
            biz: '{"o_id":1}',
            action_code: 'logistics.upload',
            timestamp: '1795330770',
          }),
        ),
      ],
      ['logistics.upload ignored NOT_ACTED_ON'],
      120,
    ],
  ],
});
