/** 历史单据: what is told for the record counts, and gives and wakes nothing, whatever is told of it later. */
import { describe, expect, test } from 'vitest';
import { campaign, line, plan, product, refund, sale, template, voided } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  grantRows,
  inboxRows,
  ledgerRows,
  memberRows,
  openShop,
  outboxRows,
  reminderRows,
  saleRows,
  tagsOf,
  type ShopSetup,
} from '../../support/shop.ts';

const who = { externalId: 'M1', openid: 'o1' };
const shopWithEverything: ShopSetup = {
  products: [product({ tags: ['喝奶粉'] })],
  templates: [template('t', { stock: 5 })],
  plans: [plan('S1', { notify: ['member', 'associate'] })],
  campaigns: [
    campaign('packet', { conditions: [], rewards: [{ kind: 'red-packet', minFen: 500, maxFen: 500 }] }),
    campaign('coupon', {
      conditions: [],
      rewards: [{ kind: 'coupon', templateId: 't' }],
      limits: { total: 9 },
    }),
    campaign('tag', { conditions: [], rewards: [{ kind: 'tag', tag: '奶粉客' }] }),
    campaign('says', { conditions: [], rewards: [{ kind: 'message', text: '谢谢' }] }),
    campaign('welcome', { trigger: 'member.created', rewards: [{ kind: 'points', points: 100 }] }),
  ],
};
const old = (given: Parameters<typeof sale>[0] = {}) => ({
  ...sale({
    at: '2026-11-21 10:00',
    member: who,
    lines: [line({ quantity: '3', amountFen: 30_000 })],
    ...given,
  }),
  history: true,
});

test('it counts as an order of 300 yuan with its tag and its day, and nothing else follows from it', async () => {
  const shop = await openShop(shopWithEverything);
  await shop.tell(old());
  expect(memberRows(shop.db)).toMatchObject([{ orders: 1, spentFen: 30_000 }]);
  expect(tagsOf(shop.db, 'ext:pos:M1')).toEqual(['喝奶粉']);
  expect(saleRows(shop.db)).toMatchObject([{ isHistory: true, keptFen: 30_000, points: 0 }]);
  for (const rows of [ledgerRows, couponRows, grantRows, outboxRows, reminderRows])
    expect(rows(shop.db)).toEqual([]);
  expect(shop.db.all('SELECT * FROM due')).toEqual([]);
  expect(shop.db.all('SELECT * FROM coupon_template_counters WHERE issued > 0')).toEqual([]);
  expect(shop.db.all('SELECT * FROM campaign_counters WHERE used > 0')).toEqual([]);
});

describe('what is told of it later', () => {
  test.each([
    ['a return', refund({ at: '2026-11-22 10:00' }), 0],
    ['a part that comes back', refund({ lines: [line({ originalLineNo: '1', amountFen: 10_000 })] }), 20_000],
    ['a void', voided({ at: '2026-11-22 10:00' }), 0],
    [
      'a correction',
      { ...old({ version: '2', lines: [line({ amountFen: 25_000 })] }), history: false },
      25_000,
    ],
    [
      'goods exchanged for dearer ones',
      refund({
        lines: [
          line({ originalLineNo: '1', quantity: '3', amountFen: 30_000 }),
          line({ kind: 'exchange_out', amountFen: 50_000 }),
        ],
        refundedFen: 0,
      }),
      50_000,
    ],
  ])('%s moves what counts, and no points and no gifts', async (_, event, spentFen) => {
    const shop = await openShop(shopWithEverything);
    await shop.tell(old());
    await shop.tell(event);
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(memberRows(shop.db)).toMatchObject([{ spentFen, orders: spentFen > 0 ? 1 : 0 }]);
    for (const rows of [ledgerRows, couponRows, outboxRows, reminderRows]) expect(rows(shop.db)).toEqual([]);
  });

  test('a return that comes before its sale comes to the same', async () => {
    const shop = await openShop(shopWithEverything);
    await shop.tell(refund({ lines: [line({ originalLineNo: '1', amountFen: 10_000 })] }));
    await shop.tell(old());
    expect(memberRows(shop.db)).toMatchObject([{ orders: 1, spentFen: 20_000 }]);
    expect([ledgerRows(shop.db), outboxRows(shop.db)]).toEqual([[], []]);
  });

  test('another buyer gets the purchase, and nothing for it', async () => {
    const shop = await openShop(shopWithEverything);
    await shop.tell(old());
    const corrected = old({ version: '2', member: { externalId: 'M2' } });
    await shop.tell(corrected);
    expect(
      memberRows(shop.db)
        .map(({ orders, spentFen }) => [orders, spentFen])
        .toSorted(([one = 0], [other = 0]) => one - other),
    ).toEqual([
      [0, 0],
      [1, 30_000],
    ]);
    expect([ledgerRows(shop.db), couponRows(shop.db)]).toEqual([[], []]);
  });
});

test('a sale that was told as it happened goes on earning, though its correction comes as history', async () => {
  const shop = await openShop(shopWithEverything);
  await shop.tell({ ...old(), history: false });
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(400);
  await shop.tell(old({ version: '2', lines: [line({ amountFen: 20_000 })] }));
  expect([balanceOf(shop.db, 'ext:pos:M1'), balanceOf(shop.db, 'ext:pos:M1', 'wallet')]).toEqual([300, 500]);
});

test('goods of old brought back without their receipt lower what was spent, and take no points that were earned since', async () => {
  const shop = await openShop({});
  await shop.tell(old());
  await shop.tell(sale({ orderNo: 'new', member: who }));
  const back = refund({ scope: 'no_original', orderNo: null, member: who, refundedFen: 10_000 });
  await shop.tell({ ...back, history: true });
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
  expect(memberRows(shop.db)).toMatchObject([{ orders: 2, spentFen: 30_000 }]);
});

test('after it the next purchase is not the first', async () => {
  const shop = await openShop({
    campaigns: [campaign('first', { conditions: [{ kind: 'first-purchase' }] })],
  });
  await shop.tell(old());
  await shop.tell(sale({ orderNo: 'new', member: who }));
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
});

describe('消费通知', () => {
  const message = (shop: Awaited<ReturnType<typeof openShop>>) => outboxRows(shop.db).map(({ kind }) => kind);

  test.each([
    ['2026-11-19 15:00', ['sale-earned', 'text'], {}],
    ['2026-11-19 14:59', [], {}],
    ['2026-11-19 14:59', ['sale-earned', 'text'], { tellSaleWithinHours: 73 }],
  ])('told at 15:00 on 11-22 of a sale of %s, the member reads %j', async (when, kinds, settings) => {
    const shop = await openShop({ ...shopWithEverything, plans: [], settings });
    await shop.tell({ ...old({ at: when }), history: false });
    expect(message(shop)).toEqual(kinds);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(400);
  });
});
