/** 积分: 1 yuan is 1 point, whole points per sale, whatever comes back later (K-29, K-30, Q-7). */
import { describe, expect, test } from 'vitest';
import { line, product, refund, sale } from '../../support/builders.ts';
import { balanceOf, ledgerRows, openShop } from '../../support/shop.ts';

const m1 = 'ext:pos:M1';

describe('a sale of 99.90', () => {
  test('earns 99 points, and 49 are left when 50.00 of it comes back (K-29)', async () => {
    const shop = await openShop();
    await shop.tell(sale({ lines: [line({ amountFen: 9_990 })] }));
    expect(balanceOf(shop.db, m1)).toBe(99);
    await shop.tell(refund({ lines: [line({ originalLineNo: '1', quantity: '0.5', amountFen: 5_000 })] }));
    expect(balanceOf(shop.db, m1)).toBe(49);
    expect(balanceOf(shop.db, m1, 'growth')).toBe(49);
    expect(
      ledgerRows(shop.db)
        .filter(({ account }) => account === 'points')
        .map(({ seq, delta, balance, cause }) => ({ seq, delta, balance, cause })),
    ).toEqual([
      { seq: 1, delta: 99, balance: 99, cause: 'sale:pos:8005-372' },
      { seq: 2, delta: -50, balance: 49, cause: 'refund:pos:8005-372/R1' },
    ]);
  });
});

const tickets: readonly [string, Parameters<typeof sale>[0], number][] = [
  [
    '100 of a product with three times the points and 50 of one that is excluded',
    { lines: [line({ sku: 'A', amountFen: 10_000 }), line({ sku: 'B', amountFen: 5_000 })] },
    300,
  ],
  [
    'twice 0.99, floored once for the ticket and not for each line',
    { lines: [line({ amountFen: 99 }), line({ amountFen: 99 })] },
    1,
  ],
  ['0.99', { lines: [line({ amountFen: 99 })] }, 0],
  [
    '100, of which the till excludes 40',
    { lines: [line({ amountFen: 6_000 }), line({ amountFen: 4_000, pointsExcluded: true })] },
    60,
  ],
  ['100 and a gift that is listed at 30', { lines: [line(), line({ kind: 'gift', amountFen: 3_000 })] }, 100],
  [
    '100 and something bought with points',
    { lines: [line(), line({ kind: 'points_exchange', amountFen: 3_000 })] },
    100,
  ],
  ['two lines of 100 with 20 off the whole ticket', { lines: [line(), line()], paidFen: 18_000 }, 180],
  ['100 with 12 for shipping', { lines: [line()], shippingFen: 1_200 }, 100],
  [
    '100, of which 30 were paid with points and 20 with a coupon',
    {
      lines: [line()],
      payments: [
        { method: 'points', amountFen: 3_000 },
        { method: 'coupon', amountFen: 2_000 },
        { method: 'wechat', amountFen: 5_000 },
      ],
    },
    50,
  ],
  [
    '0.515 kg at 19.80 the kilo',
    { lines: [line({ quantity: '0.515', unitPriceFen: 1_980, amountFen: 1_020 })] },
    10,
  ],
  [
    'an exchange: 300 taken home, 120 brought back',
    {
      lines: [
        line({ kind: 'exchange_out', amountFen: 30_000 }),
        line({ kind: 'exchange_in', amountFen: 12_000 }),
      ],
    },
    180,
  ],
];

test.each(tickets.map(([of, given, points]) => ({ of, given, points })))(
  'a sale of $of earns $points points',
  async ({ given, points }) => {
    const shop = await openShop({
      products: [product({ sku: 'A', pointsFactorMilli: 3000 }), product({ sku: 'B', pointsFactorMilli: 0 })],
    });
    await shop.tell(sale(given));
    expect(balanceOf(shop.db, m1)).toBe(points);
  },
);
