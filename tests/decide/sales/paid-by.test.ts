/** 付款号: a return that names nothing but the payment finds its sale, in whatever order the three are told. */
import { describe, expect, test } from 'vitest';
import { refund, rfc3339, sale } from '../../support/builders.ts';
import { balanceOf, inboxRows, openShop, saleRows, type Shop } from '../../support/shop.ts';
import { reasonWords } from '../../../workers/words/reasons.ts';

const m1 = 'ext:pos:M1';
const bought = sale();
const boughtAndPaid = sale({ paymentNos: ['P1', 'P2'] });
const paid = {
  type: 'sale.paid',
  id: 'paid-P1',
  occurredAt: rfc3339('2026-11-22 14:59'),
  data: { orderNo: '8005-372', paymentNos: ['P1'] },
};
const back = refund({ orderNo: null, paymentNo: 'P1', scope: 'partial', refundedFen: 4_000 });

const after = async (told: readonly (readonly object[])[]): Promise<Shop> => {
  const shop = await openShop();
  for (const group of told) {
    for (const event of group) await shop.post(event);
    await shop.work();
  }
  return shop;
};
const stands = ({ db }: Shop) => ({
  points: balanceOf(db, m1),
  keptFen: saleRows(db)[0]?.keptFen,
  states: [...new Set(inboxRows(db).map(({ state }) => state))],
});
const right = { points: 60, keptFen: 6_000, states: ['done'] };

describe('of a sale of 100, 40 are paid back, and only the payment is named', () => {
  const three = { sale: bought, paid, back };
  const orders = [
    ['sale', 'paid', 'back'],
    ['sale', 'back', 'paid'],
    ['paid', 'sale', 'back'],
    ['paid', 'back', 'sale'],
    ['back', 'sale', 'paid'],
    ['back', 'paid', 'sale'],
  ] as const;
  test.each(orders)('told as %s, %s, %s: 60 points stay', async (...order) => {
    expect(stands(await after(order.map((name) => [three[name]])))).toEqual(right);
  });
  test.each(orders)('told at once as %s, %s, %s: 60 points stay', async (...order) => {
    expect(stands(await after([order.map((name) => three[name])]))).toEqual(right);
  });
  test.each([
    ['the sale first', [[boughtAndPaid], [back]]],
    ['the return first', [[back], [boughtAndPaid]]],
    ['both at once', [[boughtAndPaid, back]]],
    ['both at once, the return first', [[back, boughtAndPaid]]],
  ])('and the sale names its payments, %s: 60 points stay', async (_, told) => {
    expect(stands(await after(told))).toEqual(right);
  });
});

test('until its sale is there it waits, and says by which payment', async () => {
  const { db } = await after([[back]]);
  const [row] = inboxRows(db);
  expect(row?.state).toBe('waiting');
  expect(row?.note && reasonWords(row.note)).toBe('它对应的付款号 P1 的销售单还没有到；一到就会自动处理。');
});

test('the payment of another source is another payment', async () => {
  const shop = await after([[boughtAndPaid], [refund({ orderNo: null, paymentNo: 'P9', lines: [] })]]);
  expect(stands(shop)).toEqual({ points: 100, keptFen: 10_000, states: ['done', 'waiting'] });
});

test('a payment told twice is written once, and told again it is nothing new', async () => {
  const { db } = await after([[boughtAndPaid], [paid], [{ ...paid, id: 'again' }]]);
  expect(db.all('SELECT * FROM sale_payments')).toHaveLength(2);
  expect(inboxRows(db).map(({ state }) => state)).toEqual(['done', 'ignored', 'ignored']);
});

test('a return whose number and payment are both told goes by the number', async () => {
  const other = sale({ orderNo: 'other', paymentNos: ['P7'] });
  const told = refund({ paymentNo: 'P7', scope: 'partial', refundedFen: 4_000 });
  const { db } = await after([[bought], [other], [told]]);
  expect(saleRows(db).map(({ id, keptFen }) => [id, keptFen])).toEqual([
    ['pos:8005-372', 6_000],
    ['pos:other', 10_000],
  ]);
});
