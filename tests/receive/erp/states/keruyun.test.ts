/** 客如云: the life of an order, as docs/erp-states.md tells it. */
import { walk } from '../../../support/erp/states.ts';

const item = (given: object = {}) => ({
  id: '1',
  itemCode: 'A',
  itemName: '鱼',
  quantity: '2',
  salePrice: '6000',
  itemReceivedAmt: '12000',
  ...given,
});
const order = (given: object = {}, items: readonly object[] = [item()]) => ({
  orderBaseVO: {
    orderId: '61',
    shopId: 810094,
    settleTime: 1795330740000,
    modifyTime: 1795330741000,
    orderReceivedAmt: '12000',
    memberId: '55',
    ...given,
  },
  orderItemVoList: items,
});
const back = (
  given: object = {},
  items: readonly object[] = [item({ quantity: '-1', itemReceivedAmt: '-6000' })],
) =>
  order(
    { orderId: '62', relatedOrderId: '61', settleTime: 1795330770000, orderReceivedAmt: '-6000', ...given },
    items,
  );

walk({
  adapter: 'keruyun',
  scheme: 'keruyun',
  states: [
    ['settled', 'earns', [order()], ['sale done'], 120],
    [
      'settled again (反结账: modifyTime rises)',
      'posts the difference',
      [
        order(),
        order({ modifyTime: 1795330790000, orderReceivedAmt: '6000' }, [
          item({ quantity: '1', itemReceivedAmt: '6000' }),
        ]),
      ],
      ['sale done', 'sale done'],
      60,
    ],
    [
      'a return (relatedOrderId)',
      'takes that part back',
      [order(), back()],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'a return without its order: below zero',
      'takes the points for the money back',
      [order(), back({ relatedOrderId: '0' })],
      ['sale done', 'refund done'],
      60,
    ],
    [
      'goods handed out on a return',
      'takes the money back',
      [
        order(),
        back({ orderReceivedAmt: '-2000' }, [
          item({ quantity: '-1', itemReceivedAmt: '-6000' }),
          item({ quantity: '1', itemReceivedAmt: '4000' }),
        ]),
      ],
      ['sale done', 'refund done'],
      100,
    ],
    [
      '赠送 (giftFlag)',
      'earns what was paid',
      [order({}, [item(), item({ id: '2', giftFlag: 1, itemReceivedAmt: '0' })])],
      ['sale done'],
      120,
    ],
    [
      'a reduction below zero',
      'earns what was paid',
      [
        order({ orderReceivedAmt: '10000' }, [
          item(),
          item({ id: '2', quantity: '1', itemReceivedAmt: '-2000' }),
        ]),
      ],
      ['sale done'],
      100,
    ],
    [
      'free of charge',
      'kept, 0 points',
      [order({ orderReceivedAmt: '0' }, [item({ itemReceivedAmt: '0' })])],
      ['sale done'],
      0,
    ],
    [
      'a weight with five decimals',
      'earns what was paid',
      [order({}, [item({ quantity: '0.12345' })])],
      ['sale done'],
      120,
    ],
    ['a stranger (memberId 0)', 'kept, nobody earns', [order({ memberId: '0' })], ['sale done'], 0],
  ],
});
