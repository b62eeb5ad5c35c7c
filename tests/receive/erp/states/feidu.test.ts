/** 飞度 / 喵麦云: the life of a receipt, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const goods = (given: object = {}) => ({
  goods_title: '杯',
  barcode: 'A',
  xnum: '2',
  price: '60.00',
  pay_price: '120.00',
  ...given,
});
const receipt = (given: object = {}) => ({
  order_code: 'XS1',
  stores_id: 12,
  pay_money: '120.00',
  addtime: '1795330740',
  card_code: 'V1',
  goods: [goods()],
  pays: [],
  ...given,
});
const back = (given: object = {}) => ({
  ro_code: 'TH1',
  order_code: 'XS1',
  stores_id: 12,
  refund_money: '-60.00',
  addtime: '1795330770',
  type: 2,
  card_code: 'V1',
  goods: [{ goods_title: '杯', barcode: 'A', xnum: '-1', price: '60.00', refund_price: '-60.00' }],
  ...given,
});

walk({
  adapter: 'feidu',
  scheme: 'url-token',
  states: [
    ['零售', 'earns', [receipt()], ['sale done'], 120],
    [
      'told again, unchanged',
      'once',
      [receipt(), receipt({ sign: 'other' })],
      ['sale done', 'sale ignored SALE_KNOWN'],
      120,
    ],
    [
      'edited under the same number',
      'parked: 飞度 has no version',
      [receipt(), receipt({ pay_money: '60.00' })],
      ['sale done', 'sale parked SALE_CHANGED'],
      120,
    ],
    ['零售退货, type 2', 'takes that part back', [receipt(), back()], ['sale done', 'refund done'], 60],
    [
      '零售退货, type 1',
      'takes everything back',
      [receipt(), back({ type: 1, refund_money: '-120.00' })],
      ['sale done', 'refund done'],
      0,
    ],
    [
      'a return without its receipt',
      'takes the points for the money back',
      [receipt(), back({ order_code: '' })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'goods handed out on a return',
      'takes the money back',
      [
        receipt(),
        back({
          refund_money: '-20.00',
          goods: [...back().goods, goods({ barcode: 'B', xnum: '1', refund_price: '40.00' })],
        }),
      ],
      ['sale done', 'refund done'],
      100,
    ],
    [
      '充值',
      'no points',
      [receipt({ goods: [], order_money: '500.00', pay_money: null })],
      ['stored_value.recharged done'],
      0,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [receipt({ pay_money: '0.00', goods: [goods({ pay_price: '0.00' })] })],
      ['sale done'],
      0,
    ],
    [
      'a discount as a line below zero',
      'earns what was paid',
      [
        receipt({
          pay_money: '100.00',
          goods: [goods(), goods({ barcode: 'off', xnum: '1', pay_price: '-20.00' })],
        }),
      ],
      ['sale done'],
      100,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [receipt({ goods: [goods({ xnum: '0.12345' })] })],
      ['sale done'],
      120,
    ],
  ],
});
