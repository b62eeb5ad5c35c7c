/** 微盟 and 用友: what their notices bring, and the life of an order as it is fetched, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const item = (given: object = {}) => ({
  itemId: 7,
  skuCode: 'A',
  goodsTitle: '奶粉',
  categoryId: 31,
  skuNum: '2',
  salePrice: '60.00',
  payInfo: { payAmount: '120.00' },
  ...given,
});
const order = (base: object = {}, payAmount = '120.00', items: readonly object[] = [item()]) => ({
  detail: {
    orderInfo: {
      orderBaseInfo: { orderNo: '98', payTime: 1795330740000, updateTime: 1795330741000, ...base },
      buyerInfo: { wid: '55' },
      merchantInfo: { processVid: '60' },
      items,
      payInfo: { payAmount },
    },
  },
});
const rights = (refundAmount: string | null, updateTime = 1795330770000) => ({
  detail: {
    rightsInfo: {
      rightsOrder: { rightsId: '88', createTime: 1795330760000, updateTime },
      originOrder: { orderNo: '98' },
      buyerInfo: { wid: '55' },
      rightsItems: [
        { orderItemId: '7', returnNum: '1', goodsInfo: { skuCode: 'A' }, refundDetail: { refundAmount } },
      ],
      refundDetail: { applyAmount: '60.00', refundAmount },
    },
  },
});
const later = { updateTime: 1795330790000 };
const thin = {
  id: 'wm-1',
  topic: 'weimob_shop.order',
  event: 'create',
  msgBody: { orderNo: '98' },
  version: 1,
};

walk({
  adapter: 'weimob',
  scheme: 'weimob',
  isReadBack: true,
  states: [
    [
      'the notice, which names only the number',
      'read back',
      [thin],
      ['sale.thin parked READ_BACK_NEEDED'],
      0,
    ],
    ['paid (payTime)', 'earns', [order()], ['sale done'], 120],
    [
      'not paid yet, or cancelled before payment',
      'nothing',
      [order({ payTime: null })],
      ['sale ignored NOT_PAID_YET'],
      0,
    ],
    [
      'edited after payment (updateTime rises)',
      'posts the difference',
      [order(), order(later, '60.00', [item({ skuNum: '1', payInfo: { payAmount: '60.00' } })])],
      ['sale done', 'sale done'],
      60,
    ],
    [
      'an after-sale that paid nothing back (asked for, refused, withdrawn, 换货)',
      'nothing',
      [order(), rights(null)],
      ['sale done', 'refund ignored NOT_PAID_BACK_YET'],
      120,
    ],
    ['partly refunded', 'takes that part back', [order(), rights('60.00')], ['sale done', 'refund done'], 60],
    ['refunded', 'takes everything back', [order(), rights('120.00')], ['sale done', 'refund done'], 0],
    [
      'the refund before its order',
      'waits for it',
      [rights('60.00'), order()],
      ['refund done', 'sale done'],
      60,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [order({}, '0.00', [item({ payInfo: { payAmount: '0.00' } })])],
      ['sale done'],
      0,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [order({}, '120.00', [item({ skuNum: '0.12345' })])],
      ['sale done'],
      120,
    ],
    ['a test notice', 'nothing', [{ ...thin, test: true }], ['sale.thin ignored TEST'], 0],
  ],
});

const event = (type: string) => ({ type, eventId: 'e-1', timestamp: 1795330740000, content: { id: '20' } });

walk({
  adapter: 'yonyou',
  scheme: 'yonyou-event',
  states: [
    [
      'a retail document',
      'parked: only its number comes, and it has to be told otherwise',
      [event('RETAIL_SALE_AUDITED')],
      ['sale.thin parked READ_BACK_NEEDED'],
      0,
    ],
    [
      'a member',
      'parked: only its number comes',
      [event('MEMBER_UPDATED')],
      ['member.thin parked READ_BACK_NEEDED'],
      0,
    ],
    ['anything else', 'nothing', [event('VOUCHER_CREATED')], ['voucher_created ignored NOT_ACTED_ON'], 0],
  ],
});
