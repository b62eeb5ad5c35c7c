/** 退款: what was paid back comes off the sale, whatever the lines of the return say, or somebody is asked to look. */
import { describe, expect, test } from 'vitest';
import { campaign, line, product, refund, sale, spend, voided, type Body } from '../../support/builders.ts';
import {
  balanceOf,
  inboxRows,
  memberRows,
  openShop,
  saleRows,
  tagsOf,
  type Shop,
} from '../../support/shop.ts';

const m1 = 'ext:pos:M1';
const a = (amountFen: number, given = {}) => line({ sku: 'A', amountFen, ...given });
const b = (amountFen: number, given = {}) => line({ sku: 'B', amountFen, ...given });
const last = (shop: Shop) => {
  const row = inboxRows(shop.db).at(-1);
  return [row?.state, row?.note];
};
const stands = ({ db }: Shop) => ({
  points: balanceOf(db, m1),
  growth: balanceOf(db, m1, 'growth'),
  keptFen: saleRows(db)[0]?.keptFen,
  spentFen: memberRows(db)[0]?.spentFen,
  orders: memberRows(db)[0]?.orders,
});
const worth = (yuan: number) => ({
  points: yuan,
  growth: yuan,
  keptFen: yuan * 100,
  spentFen: yuan * 100,
  orders: yuan > 0 ? 1 : 0,
});

async function shopAfter(...told: readonly Body[]): Promise<Shop> {
  const shop = await openShop();
  for (const body of told) await shop.tell(body);
  return shop;
}

describe('of 60 for A and 40 for B, 40 were paid back: 60 are left', () => {
  test.each([
    ['for goods that the sale has not', { sku: '690B' }],
    ['for a line that the sale has not', { originalLineNo: '9', sku: 'Z' }],
    ['for B written small', { sku: 'b' }],
    ['for 9 pieces of B', { originalLineNo: '2', sku: 'B', quantity: '9' }],
    ['for no piece of B', { originalLineNo: '2', sku: 'B', quantity: '0' }],
    ['for B, by its line', { originalLineNo: '2', sku: 'whatever' }],
    ['for B, as what the till calls an exchange', { sku: 'B', kind: 'exchange_in' as const }],
  ])('%s', async (_, given) => {
    const back = refund({ lines: [line({ ...given, amountFen: 4_000 })] });
    expect(stands(await shopAfter(sale({ lines: [a(6_000), b(4_000)] }), back))).toEqual(worth(60));
  });

  test('half of it for B, half for goods that the sale has not', async () => {
    const lines = [b(2_000, { originalLineNo: '2' }), line({ sku: 'Z', amountFen: 2_000 })];
    const shop = await shopAfter(sale({ lines: [a(6_000), b(4_000)] }), refund({ lines }));
    expect(stands(shop)).toEqual(worth(60));
  });

  test('and in two returns, of which the first was for no goods: what names B takes B', async () => {
    const shop = await shopAfter(
      sale({ lines: [a(6_000), b(4_000)] }),
      refund({ refundNo: 'R1', scope: 'partial', refundedFen: 1_000 }),
      refund({ refundNo: 'R2', lines: [b(4_000, { originalLineNo: '2' })], refundedFen: 3_000 }),
    );
    expect(stands(shop)).toEqual(worth(60));
  });
});

describe('more was paid back than the named lines hold', () => {
  const wholeA = a(10_000, { originalLineNo: '1' });

  test('150 were paid for two goods at 100: 100 back for one of them leave 50', async () => {
    const sold = sale({ lines: [a(10_000), b(10_000)], paidFen: 15_000 });
    expect(stands(await shopAfter(sold, refund({ lines: [wholeA] })))).toEqual(worth(50));
  });

  test('the goods for 40 and 30 out of goodwill leave 30 of 100', async () => {
    const back = refund({ lines: [b(4_000, { originalLineNo: '2' })], refundedFen: 7_000 });
    expect(stands(await shopAfter(sale({ lines: [a(6_000), b(4_000)] }), back))).toEqual(worth(30));
  });

  test.each([
    ['the shipping of 5 comes back with the goods: A is left at 60', 4_500, 60],
    ['and 3 more than the shipping: they come off what is left of A', 4_800, 57],
  ])('%s', async (_, refundedFen, left) => {
    const sold = sale({ lines: [a(6_000), b(4_000)], shippingFen: 500 });
    const back = refund({ lines: [b(4_000, { originalLineNo: '2' })], refundedFen });
    expect(stands(await shopAfter(sold, back))).toEqual(worth(left));
  });

  test('two tins rung up one by one, returned as two of the first: both are gone', async () => {
    const shop = await shopAfter(
      sale({ lines: [a(10_000), a(9_000), b(4_000)] }),
      refund({ lines: [a(19_000, { originalLineNo: '1', quantity: '2' })] }),
    );
    expect(stands(shop)).toEqual(worth(40));
  });

  test('without lines, all that was paid: goods, shipping, tags and the order are gone', async () => {
    const shop = await openShop({
      products: [product({ sku: 'A', tags: ['奶粉'] })],
      campaigns: [
        campaign('买2件送100积分', { conditions: [spend(2, { measure: 'quantity' })] }),
        campaign('满100送100积分', { conditions: [spend(10_000)] }),
      ],
    });
    await shop.tell(sale({ lines: [a(10_000, { quantity: '2' })], shippingFen: 500 }));
    expect([balanceOf(shop.db, m1), tagsOf(shop.db, m1)]).toEqual([300, ['奶粉']]);
    await shop.tell(refund({ scope: 'partial', refundedFen: 10_500 }));
    expect([stands(shop), tagsOf(shop.db, m1)]).toEqual([worth(0), []]);
  });
});

describe('nothing was paid back', () => {
  test('for goods that came back: the goods are gone, what was paid for them stays', async () => {
    const shop = await openShop({ products: [product({ sku: 'B', tags: ['纸尿裤'] })] });
    await shop.tell(sale({ lines: [a(6_000), b(4_000)] }));
    await shop.tell(refund({ lines: [b(4_000, { originalLineNo: '2' })], refundedFen: 0 }));
    expect([stands(shop), tagsOf(shop.db, m1)]).toEqual([worth(100), []]);
  });

  test('for B, exchanged for something at 50: what cannot be found comes off all the same', async () => {
    const lines = [
      line({ sku: 'Z', amountFen: 4_000 }),
      line({ sku: 'C', kind: 'exchange_out', amountFen: 5_000 }),
    ];
    const shop = await shopAfter(sale({ lines: [a(6_000), b(4_000)] }), refund({ lines, refundedFen: 0 }));
    expect(stands(shop)).toEqual(worth(110));
  });
});

test('goods brought in on an exchange are nothing that can be given back: money back comes off what was bought', async () => {
  const traded = sale({ lines: [a(10_000), b(4_000, { kind: 'exchange_in' })] });
  const byLine = refund({ lines: [b(3_000, { originalLineNo: '2' })] });
  expect(stands(await shopAfter(traded, byLine))).toEqual(worth(30));
  const withoutLines = refund({ scope: 'partial', refundedFen: 3_000 });
  expect(stands(await shopAfter(traded, withoutLines))).toEqual(worth(30));
});

describe('more was paid back than was paid', () => {
  const sold = sale({ lines: [a(6_000), b(4_000)] });
  const forA = refund({ refundNo: 'R1', lines: [a(6_000, { originalLineNo: '1' })] });
  const again = refund({ refundNo: 'R2', lines: [a(6_000, { originalLineNo: '1' })] });
  const exceeds = (refundedFen: number, leftFen: number, refundNo = 'R2') => [
    'parked',
    { code: 'REFUND_EXCEEDS', refundNo, orderNo: '8005-372', refundedFen, leftFen },
  ];

  test('by one return: it is parked with what is left, and takes nothing', async () => {
    const shop = await shopAfter(sold, refund({ refundNo: 'R2', lines: [a(10_001)] }));
    expect([last(shop), stands(shop)]).toEqual([exceeds(10_001, 10_000), worth(100)]);
  });

  test('by two returns of the same goods: the second is parked', async () => {
    const shop = await shopAfter(sold, forA, again);
    expect([last(shop), stands(shop)]).toEqual([exceeds(6_000, 4_000), worth(40)]);
  });

  test('by a return of everything after a part had come back: parked; for the rest, done', async () => {
    const shop = await shopAfter(sold, forA, refund({ refundNo: 'R2', refundedFen: 10_000 }));
    expect([last(shop), stands(shop)]).toEqual([exceeds(10_000, 4_000), worth(40)]);
    await shop.tell(refund({ id: 'right', refundNo: 'R2', refundedFen: 4_000 }));
    expect([last(shop)[0], stands(shop)]).toEqual(['done', worth(0)]);
  });

  test('by a higher version of a return: the version that was possible stands', async () => {
    const shop = await shopAfter(sold, forA, {
      ...refund({ refundNo: 'R1', version: '2', refundedFen: 11_000 }),
      id: 'v2',
    });
    expect([last(shop), stands(shop)]).toEqual([exceeds(11_000, 10_000, 'R1'), worth(40)]);
  });

  test('by a return that came before its sale: it waits, and is parked when the sale comes', async () => {
    const shop = await shopAfter(refund({ refundNo: 'R2', lines: [a(10_001)] }), sold);
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      exceeds(10_001, 10_000),
      ['done', null],
    ]);
  });

  test('until the sale is corrected: then the return is taken', async () => {
    const shop = await shopAfter(
      sold,
      forA,
      again,
      sale({ version: '2', lines: [a(6_000), a(6_000), b(4_000)] }),
    );
    await shop.tell({ ...again, id: 'sent again' });
    expect([last(shop)[0], stands(shop)]).toEqual(['done', worth(40)]);
  });

  test('by a purchase of somebody unknown: parked as well', async () => {
    const shop = await shopAfter({ ...sold, data: { ...sold.data, member: null } }, forA, again);
    expect([last(shop), saleRows(shop.db)[0]?.keptFen]).toEqual([exceeds(6_000, 4_000), 4_000]);
  });

  test.each([
    ['the same member', 'M1'],
    ['another member', 'M2'],
  ])(
    'because a correction for %s says less than came back: the correction is parked',
    async (_, externalId) => {
      const less = sale({ version: '2', member: { externalId }, lines: [b(4_000)] });
      const shop = await shopAfter(sold, forA, less);
      expect([last(shop), stands(shop)]).toEqual([
        [
          'parked',
          { code: 'SALE_BELOW_REFUNDS', orderNo: '8005-372', version: '2', paidFen: 4_000, overFen: 2_000 },
        ],
        worth(40),
      ]);
    },
  );

  test('a void after a return takes the rest, and a return after the void no more than was paid', async () => {
    const shop = await shopAfter(sold, forA, voided());
    expect(stands(shop)).toEqual(worth(0));
    await shop.tell(again);
    expect([last(shop), stands(shop)]).toEqual([exceeds(6_000, 4_000), worth(0)]);
  });
});
