/** 退货: what is left of a ticket once something came back, and what that still earns (K-52). */
import { describe, expect, test } from 'vitest';
import { line, product, refund, sale, type LineBody } from '../../support/builders.ts';
import { balanceOf, ledgerFaults, memberRows, openShop, saleRows, tagsOf } from '../../support/shop.ts';

const m1 = 'ext:pos:M1';

async function after(lines: LineBody[], ...refunds: Parameters<typeof refund>[0][]) {
  const shop = await openShop({
    products: [
      product({ sku: 'milk', tags: ['奶粉'] }),
      product({ sku: 'nappy', tags: ['纸尿裤'], pointsFactorMilli: 2000 }),
    ],
  });
  await shop.tell(sale({ lines }));
  await shop.tell(...refunds.map((given, index) => refund({ refundNo: `R${String(index)}`, ...given })));
  const [sold] = saleRows(shop.db);
  const [member] = memberRows(shop.db);
  return {
    keptFen: sold?.keptFen,
    points: balanceOf(shop.db, m1),
    tags: tagsOf(shop.db, m1),
    orders: member?.orders,
    spentFen: member?.spentFen,
  };
}

const milk = line({ sku: 'milk', amountFen: 10_000 });
const nappy = line({ sku: 'nappy', amountFen: 5_000 });

test('one of two lines comes back: its money, its points and its tag go', async () => {
  expect(
    await after([milk, nappy], { lines: [line({ originalLineNo: '2', sku: 'nappy', amountFen: 5_000 })] }),
  ).toEqual({
    keptFen: 10_000,
    points: 100,
    tags: ['奶粉'],
    orders: 1,
    spentFen: 10_000,
  });
});

test('half of a line comes back: the tag stays', async () => {
  const half = line({ originalLineNo: '1', quantity: '0.5', amountFen: 5_000 });
  expect(await after([milk], { lines: [half] })).toEqual({
    keptFen: 5_000,
    points: 50,
    tags: ['奶粉'],
    orders: 1,
    spentFen: 5_000,
  });
});

test('everything comes back: nothing is left, and it is no order any more', async () => {
  expect(await after([milk, nappy], {})).toEqual({ keptFen: 0, points: 0, tags: [], orders: 0, spentFen: 0 });
});

test('a return without line numbers is taken from every line of that product, one after the other', async () => {
  const bothBack = line({ sku: 'milk', quantity: '2', amountFen: 20_000 });
  expect(await after([milk, nappy, milk], { lines: [bothBack] })).toEqual({
    keptFen: 5_000,
    points: 100,
    tags: ['纸尿裤'],
    orders: 1,
    spentFen: 5_000,
  });
});

test('without a line number, what was paid for comes back before the piece that was a gift', async () => {
  const gift = line({ sku: 'milk', kind: 'gift', amountFen: 0 });
  const result = await after([gift, milk, nappy], { lines: [line({ sku: 'milk', amountFen: 10_000 })] });
  expect([result.keptFen, result.points, result.tags]).toEqual([5_000, 100, ['奶粉', '纸尿裤']]);
});

test('the lines list shelf prices and less was paid back: what was paid back counts', async () => {
  const result = await after([milk, nappy], {
    lines: [line({ originalLineNo: '1', amountFen: 10_000 })],
    refundedFen: 8_000,
  });
  expect([result.keptFen, result.points]).toEqual([7_000, 120]);
});

test('money back without goods is shared over what is kept', async () => {
  const result = await after([milk, nappy], { scope: 'partial', refundedFen: 3_000 });
  expect([result.keptFen, result.points, result.tags]).toEqual([12_000, 160, ['奶粉', '纸尿裤']]);
});

test('换货: a tin for a pack of nappies and 20.00 more', async () => {
  const result = await after([milk], {
    lines: [
      line({ originalLineNo: '1', amountFen: 10_000 }),
      line({ sku: 'nappy', kind: 'exchange_out', amountFen: 12_000 }),
    ],
    refundedFen: 0,
  });
  expect([result.keptFen, result.points, result.tags]).toEqual([12_000, 240, ['纸尿裤']]);
});

describe('a return without a receipt', () => {
  test('takes the points for what was paid back', async () => {
    const shop = await openShop();
    await shop.tell(sale({ lines: [line({ amountFen: 30_000 })] }));
    await shop.tell(
      refund({ orderNo: null, scope: 'no_original', member: { externalId: 'M1' }, refundedFen: 5_000 }),
    );
    expect([balanceOf(shop.db, m1), balanceOf(shop.db, m1, 'growth')]).toEqual([250, 250]);
  });

  test('takes no more than is there, and a second telling takes nothing', async () => {
    const shop = await openShop();
    await shop.tell(sale({ lines: [line({ amountFen: 3_000 })] }));
    const unreceipted = refund({
      orderNo: null,
      scope: 'no_original',
      member: { externalId: 'M1' },
      refundedFen: 5_000,
    });
    await shop.tell(unreceipted);
    await shop.tell({ ...unreceipted, id: 'again' });
    expect(balanceOf(shop.db, m1)).toBe(0);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('by a stranger counts as a return of nobody’s', async () => {
    const shop = await openShop();
    await shop.tell(refund({ orderNo: null, scope: 'no_original', refundedFen: 5_000 }));
    expect(memberRows(shop.db)).toEqual([]);
  });
});
