/** 有赞: the life of an order, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const push = (type: string, msg: object, given: object = {}) => ({
  client_id: 'yz-client',
  id: 'E1',
  kdt_id: 45001,
  root_kdt_id: 40000,
  type,
  version: 1795330740,
  test: false,
  msg: encodeURIComponent(JSON.stringify(msg)),
  ...given,
});
const line = (given: object = {}) => ({
  oid: '1',
  outer_sku_id: 'A',
  title: '杯',
  num: 2,
  price: '60.00',
  payment: '120.00',
  ...given,
});
const trade = (given: object = {}, envelope: object = {}, type = 'trade_TradePaid') =>
  push(
    type,
    {
      full_order_info: {
        order_info: { tid: 'E1', pay_time: '2026-11-22 14:59:00' },
        buyer_info: { yz_open_id: 'y1' },
        pay_info: { payment: '120.00', post_fee: '0.00' },
        orders: [line()],
        ...given,
      },
    },
    envelope,
  );
const paid = (payment: string, orders: readonly object[]) => ({
  pay_info: { payment, post_fee: '0.00' },
  orders,
});
const refund = (fee: string, given: object = {}, type = 'youzan_trade_RefundSuccess') =>
  push(
    type,
    { tid: 'E1', refund_id: 'R1', refunded_fee: fee, update_time: '2026-11-22 14:59:30' },
    { id: 'R1', ...given },
  );
const office = { kdt_id: 40000 };
const later = { version: 1795330800 };

walk({
  adapter: 'youzan',
  scheme: 'youzan-event-sign',
  config: { signedBy: 'event' },
  states: [
    ['trade_TradePaid', 'earns', [trade()], ['sale done'], 120],
    [
      'trade_TradeSuccess after it (finished; cash on delivery counts from here)',
      'once',
      [trade(), trade({}, later, 'trade_TradeSuccess')],
      ['sale done', 'sale done'],
      120,
    ],
    [
      'edited after payment (higher version)',
      'posts the difference',
      [trade(), trade(paid('60.00', [line({ num: 1, payment: '60.00' })]), later)],
      ['sale done', 'sale done'],
      60,
    ],
    [
      'an older version afterwards',
      'nothing',
      [trade({}, later), trade(paid('60.00', [line()]))],
      ['sale done', 'sale ignored SALE_OUTDATED'],
      120,
    ],
    [
      'trade_TradeClose, before or after payment',
      'nothing: a refund is told apart',
      [trade(), push('trade_TradeClose', { tid: 'E1' })],
      ['sale done', 'trade_tradeclose ignored ADAPTER'],
      120,
    ],
    ['partly refunded', 'takes that part back', [trade(), refund('40.00')], ['sale done', 'refund done'], 80],
    ['refunded', 'takes everything back', [trade(), refund('120.00')], ['sale done', 'refund done'], 0],
    [
      'the refund before its order',
      'waits for it',
      [refund('40.00'), trade()],
      ['refund done', 'sale done'],
      80,
    ],
    [
      'a refund asked for, refused or closed',
      'nothing',
      [trade(), refund('40.00', {}, 'youzan_trade_RefundClosed')],
      ['sale done', 'youzan_trade_refundclosed ignored NOT_ACTED_ON'],
      120,
    ],
    [
      'goods exchanged, nothing paid back',
      'nothing',
      [trade(), refund('0.00')],
      ['sale done', 'refund ignored ADAPTER'],
      120,
    ],
    [
      'goods exchanged, the difference paid back',
      'takes that part back',
      [trade(), refund('20.00')],
      ['sale done', 'refund done'],
      100,
    ],
    [
      'branch and head office tell one order',
      'once, at whoever told it first',
      [trade(), trade({}, office)],
      ['sale done', 'sale ignored SALE_KNOWN'],
      120,
    ],
    [
      'head office, then branch',
      'once, at whoever told it first',
      [trade({}, office), trade()],
      ['sale done', 'sale ignored SALE_KNOWN'],
      120,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [trade(paid('0.00', [line({ payment: '0.00' })]))],
      ['sale done'],
      0,
    ],
    [
      'a gift among the goods',
      'earns what was paid',
      [trade({ orders: [line(), line({ oid: '2', is_present: true, payment: '0.00' })] })],
      ['sale done'],
      120,
    ],
    [
      'a line below zero',
      'earns what was paid',
      [trade(paid('100.00', [line(), line({ oid: '2', payment: '-20.00' })]))],
      ['sale done'],
      100,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [trade({ orders: [line({ num: '0.12345' })] })],
      ['sale done'],
      120,
    ],
    ['a test push', 'nothing', [trade({}, { test: true })], ['sale ignored TEST'], 0],
  ],
});
