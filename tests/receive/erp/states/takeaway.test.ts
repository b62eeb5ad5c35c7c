/** 饿了么 and 美团: the life of a takeaway order, as docs/erp-states.md tells it. The phones are lent: nobody is named. */
import { live, walk } from '../../../support/erp/states.ts';

const eleme = (type: number, message: object) => ({
  requestId: `r${type}`,
  type,
  appId: 65961011,
  message: JSON.stringify({ orderId: '12', ...message }),
  shopId: 987,
  timestamp: 1795330741219,
  userId: 41,
});
const dish = (given: object = {}) => ({
  id: 1,
  name: '面',
  price: 60,
  quantity: 2,
  total: 120,
  extendCode: 'A',
  ...given,
});
const order = (given: object = {}, items: readonly object[] = [dish()]) =>
  eleme(10, {
    activeAt: '2026-11-22T14:59:00',
    deliverFee: 0,
    totalPrice: 120,
    groups: [{ type: 'normal', items }],
    ...given,
  });
const ended = (type: number) => eleme(type, { updateTime: 1795330770 });
const back = (type: number, totalPrice: number, refundType = 'part') =>
  eleme(type, { refundId: 'R1', refundType, totalPrice, updateTime: 1795330770 });
const steps = (type: number) => `type_${type} ignored NOT_ACTED_ON`;

walk({
  adapter: 'eleme',
  scheme: 'eleme',
  namesNobody: true,
  states: [
    ['10 takes effect', 'kept', [order()], ['sale done'], 120],
    ['18 finished', 'nothing new', [order(), ended(18)], ['sale done', steps(18)], 120],
    ['14, 15, 17 cancelled', 'takes everything back', [order(), ended(14)], ['sale done', 'void done'], 0],
    [
      '20, 21, 22, 24: a cancellation asked for, withdrawn, refused',
      'nothing',
      [order(), back(22, 120, 'normal')],
      ['sale done', steps(22)],
      120,
    ],
    [
      '23, 25 a cancellation agreed to, and the order cancelled (15, 17)',
      'takes everything back, once',
      [order(), back(23, 120, 'normal'), ended(15)],
      ['sale done', 'refund done', 'void done'],
      0,
    ],
    [
      '26: a cancellation that 客服 refuses',
      'nothing',
      [order(), back(26, 120, 'normal')],
      ['sale done', steps(26)],
      120,
    ],
    [
      '30, 31, 32, 34: a refund asked for, withdrawn, refused',
      'nothing',
      [order(), back(32, 40)],
      ['sale done', steps(32)],
      120,
    ],
    [
      '33, 35 part of it refunded',
      'takes that part back',
      [order(), back(33, 40)],
      ['sale done', 'refund done'],
      80,
    ],
    [
      '33, 35 all of it refunded (refundType normal)',
      'takes everything back',
      [order(), back(35, 120, 'normal')],
      ['sale done', 'refund done'],
      0,
    ],
    [
      '36: a refund that 客服 refuses',
      'nothing',
      [order(), back(36, 120, 'normal')],
      ['sale done', steps(36)],
      120,
    ],
    [
      'the refund before its order',
      'waits for it',
      [back(33, 40), order()],
      ['refund done', 'sale done'],
      80,
    ],
    [
      '满减 and 红包 below zero',
      'what was paid',
      [order({ totalPrice: 100 }, [dish(), dish({ id: 2, name: '满减', extendCode: '', total: -20 })])],
      ['sale done'],
      100,
    ],
    ['free of charge', 'kept', [order({ totalPrice: 0 }, [dish({ price: 0, total: 0 })])], ['sale done'], 0],
    [
      'a weight with five decimals',
      'what was paid',
      [order({}, [dish({ quantity: 0.12345 })])],
      ['sale done'],
      120,
    ],
  ],
});

const meituan = (fields: Readonly<Record<string, string | object>>) =>
  String(
    new URLSearchParams(
      Object.entries({ developerId: '100120', ePoiId: 'store-1', timestamp: '1795330770', ...fields }).map(
        ([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ],
      ),
    ),
  );
const food = (given: object = {}) => ({ food_name: '鸡', sku_id: 'A', quantity: 2, price: 60, ...given });
const completed = (given: object = {}, detail: readonly object[] = [food()]) =>
  meituan({
    orderCompleted: {
      orderId: 26,
      total: 120,
      shippingFee: 0,
      utime: 1795330740,
      detail: JSON.stringify(detail),
      ...given,
    },
  });
const cancelled = meituan({ orderCancel: { orderId: 26, reason: '用户取消' } });
const partly = (notifyType: string) =>
  meituan({ partOrderRefund: { orderId: 26, notifyType, refundId: 99, money: 40 } });

walk({
  adapter: 'meituan',
  scheme: 'meituan-sha1',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  namesNobody: true,
  states: [
    ['orderCompleted', 'kept', [completed()], ['sale done'], 120],
    [
      'order, orderConfirmed, shippingStatus',
      'nothing until it is finished',
      [meituan({ orderConfirmed: { orderId: 26 } })],
      ['orderconfirmed ignored NOT_FINISHED_YET'],
      0,
    ],
    ['orderCancel before it is finished', 'waits for it without a word', [cancelled], ['void waiting'], 0],
    [
      'orderCancel afterwards',
      'takes everything back',
      [completed(), cancelled],
      ['sale done', 'void done'],
      0,
    ],
    [
      'partOrderRefund: apply, reject',
      'nothing',
      [completed(), partly('apply'), partly('reject')],
      ['sale done', 'refund.apply ignored NOT_PAID_BACK_YET', 'refund.reject ignored NOT_PAID_BACK'],
      120,
    ],
    [
      'partOrderRefund: agree',
      'takes that part back',
      [completed(), partly('agree')],
      ['sale done', 'refund done'],
      80,
    ],
    [
      'orderRefund: agree',
      'takes everything back',
      [completed(), meituan({ orderRefund: { orderId: 26, notifyType: 'agree' } })],
      ['sale done', 'refund done'],
      0,
    ],
    ['赠品', 'what was paid', [completed({}, [food(), food({ sku_id: 'B', price: 0 })])], ['sale done'], 120],
    ['free of charge', 'kept', [completed({ total: 0 }, [food({ price: 0 })])], ['sale done'], 0],
    ['a dish without a number', 'kept', [completed({}, [food({ sku_id: '' })])], ['sale done'], 120],
  ],
});

const waimai = (fields: Readonly<Record<string, string>>): string =>
  String(new URLSearchParams({ app_id: '5700', timestamp: '1795330770', ...fields }));
/** 外卖: flat, and without the name of what happened. */
const flatSale = waimai({
  order_id: '27',
  app_poi_code: 'store-1',
  total: '120',
  utime: '1795330740',
  detail: JSON.stringify([food()]),
});
const flatRefund = (step: string, given: Readonly<Record<string, string>> = {}) =>
  waimai({ order_id: '27', notify_type: step, refund_id: '98', reason: '少送', ...given });

live({
  adapter: 'meituan',
  scheme: 'meituan-waimai-md5',
  config: { manner: 'waimai', url: 'https://huike.example/hooks/erp/shop' },
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  namesNobody: true,
  states: [
    [
      '外卖, cancelled (reason_code)',
      'takes everything back',
      [flatSale, waimai({ order_id: '27', reason_code: '1203', reason: '用户取消', deal_op_type: '1' })],
      ['sale done', 'void done'],
      0,
    ],
    [
      '外卖, part of it refunded (notify_type apply, then agree)',
      'takes that part back',
      [flatSale, flatRefund('apply', { money: '40' }), flatRefund('agree', { money: '40' })],
      ['sale done', 'refund.apply ignored NOT_PAID_BACK_YET', 'refund done'],
      80,
    ],
    [
      '外卖, all of it refunded (notify_type agree)',
      'takes everything back',
      [flatSale, flatRefund('agree')],
      ['sale done', 'refund done'],
      0,
    ],
  ],
});
