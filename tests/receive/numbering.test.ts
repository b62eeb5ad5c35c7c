/** 单号规则: two receipts of one number are two sales where the source says that its numbers begin again, and what comes back finds its own. */
import { describe, expect, test } from 'vitest';
import type { Numbering } from '../../schema/index.ts';
import { line, recharge, refund, sale, voided } from '../support/builders.ts';
import { balanceOf, inboxRows, openShop, saleRows, type Shop } from '../support/shop.ts';

const shopOf = (numbering: Numbering): Promise<Shop> => openShop({ config: { numbering } });
const m1 = 'ext:pos:M1';
const m2 = 'ext:pos:M2';
const a = { id: 'A' };
const b = { id: 'B' };

/** Receipt 1 for 100 of M1 in shop A and for 200 of M2 in shop B. */
const inTwoShops = [
  sale({ id: 'A1', orderNo: '1', store: 'A', terminal: '01', lines: [line({ amountFen: 10_000 })] }),
  sale({
    id: 'B1',
    orderNo: '1',
    store: 'B',
    terminal: '01',
    member: { externalId: 'M2' },
    lines: [line({ amountFen: 20_000 })],
  }),
];
/** Receipt 1 of shop A, on two days and by two members. */
const onTwoDays = [
  sale({ id: 'D1', orderNo: '1', store: 'A', at: '2026-11-21 12:00', lines: [line({ amountFen: 10_000 })] }),
  sale({
    id: 'D2',
    orderNo: '1',
    store: 'A',
    at: '2026-11-22 12:00',
    member: { externalId: 'M2' },
    lines: [line({ amountFen: 20_000 })],
  }),
];
const points = (shop: Shop): number[] => [balanceOf(shop.db, m1), balanceOf(shop.db, m2)];
const whys = (shop: Shop) =>
  inboxRows(shop.db).flatMap(({ state, note }) => (state === 'done' ? [] : [[state, note]]));

describe('numbered by store', () => {
  test('receipt 1 of two shops earns 100 for the one and 200 for the other', async () => {
    const shop = await shopOf('per-store');
    await shop.tell(...inTwoShops);
    expect(points(shop)).toEqual([100, 200]);
    expect(saleRows(shop.db).map(({ id, orderNo }) => [id, orderNo])).toEqual([
      ['pos:1@A', '1'],
      ['pos:1@B', '1'],
    ]);
    expect(whys(shop)).toEqual([]);
  });

  test('a return and a void find the receipt of their own shop, also when they come first', async () => {
    const shop = await shopOf('per-store');
    await shop.tell(
      refund({
        orderNo: '1',
        store: a,
        lines: [line({ originalLineNo: '1', quantity: '0.4', amountFen: 4_000 })],
      }),
      voided({ orderNo: '1', store: b }),
    );
    await shop.tell(...inTwoShops);
    expect(points(shop)).toEqual([60, 0]);
  });

  test('a return that does not say the shop is parked, and says what is missing', async () => {
    const shop = await shopOf('per-store');
    await shop.tell(...inTwoShops);
    await shop.tell(refund({ orderNo: '1' }), voided({ orderNo: '1' }));
    const missing = {
      code: 'NUMBER_PART_MISSING',
      numbering: 'per-store',
      part: 'store',
      field: 'data.store',
    };
    expect(whys(shop)).toEqual([
      ['parked', { ...missing, number: 'R1' }],
      ['parked', { ...missing, number: '1' }],
    ]);
    expect(points(shop)).toEqual([100, 200]);
  });
});

describe('numbered by store and day', () => {
  test('receipt 1 of two days is two sales, each found by the day of the sale', async () => {
    const shop = await shopOf('per-store-day');
    await shop.tell(...onTwoDays);
    expect(points(shop)).toEqual([100, 200]);
    await shop.tell(voided({ orderNo: '1', store: a, orderedOn: '2026-11-21' }));
    expect(points(shop)).toEqual([0, 200]);
    await shop.tell(
      refund({ orderNo: '1', store: a, orderedOn: '2026-11-22', member: { externalId: 'M2' } }),
    );
    expect(points(shop)).toEqual([0, 0]);
  });

  test('the till’s own day counts: at one in the night it is still the evening before', async () => {
    const shop = await shopOf('per-store-day');
    const night = { orderNo: '1', store: 'A', at: '2026-11-22 01:00', businessDate: '2026-11-21' };
    await shop.tell(sale(night));
    await shop.tell(voided({ orderNo: '1', store: a, orderedOn: '2026-11-21' }));
    expect(saleRows(shop.db).map(({ id, keptFen }) => [id, keptFen])).toEqual([['pos:1@A/2026-11-21', 0]]);
  });

  test('without the day of the sale nobody can say which came back', async () => {
    const shop = await shopOf('per-store-day');
    await shop.tell(...onTwoDays);
    await shop.tell(refund({ orderNo: '1', store: a }));
    expect(whys(shop)).toEqual([
      [
        'parked',
        {
          code: 'NUMBER_PART_MISSING',
          number: '1',
          numbering: 'per-store-day',
          part: 'day',
          field: 'data.orderedOn',
        },
      ],
    ]);
  });

  test('goods without their receipt need no day: the points of the money go', async () => {
    const shop = await shopOf('per-store-day');
    await shop.tell(...onTwoDays);
    await shop.tell(
      refund({
        orderNo: '1',
        store: a,
        scope: 'no_original',
        member: { externalId: 'M1' },
        lines: [line({ amountFen: 3_000 })],
      }),
    );
    expect(points(shop)).toEqual([70, 200]);
  });

  test('return 1 of today and return 1 of tomorrow are two returns of one sale', async () => {
    const shop = await shopOf('per-store-day');
    await shop.tell(sale({ orderNo: '1', store: 'A', lines: [line({ amountFen: 10_000 })] }));
    const back = (id: string, when: string) =>
      refund({
        id,
        at: when,
        refundNo: '1',
        orderNo: '1',
        store: a,
        orderedOn: '2026-11-22',
        lines: [line({ originalLineNo: '1', quantity: '0.1', amountFen: 1_000 })],
      });
    await shop.tell(
      back('x', '2026-11-22 18:00'),
      back('y', '2026-11-23 10:00'),
      back('z', '2026-11-23 10:00'),
    );
    expect(balanceOf(shop.db, m1)).toBe(80);
  });

  test('recharge 1 of two days is money twice', async () => {
    const shop = await shopOf('per-store-day');
    const put = (id: string, when: string) => recharge({ id, at: when, rechargeNo: '1', store: a });
    await shop.tell(put('x', '2026-11-21 12:00'), put('y', '2026-11-22 12:00'), put('z', '2026-11-22 12:00'));
    expect(balanceOf(shop.db, m1, 'principal')).toBe(100_000);
  });
});

describe('numbered by terminal and day', () => {
  const at = (terminal: string, externalId: string) =>
    sale({ id: terminal, orderNo: '1', store: 'A', terminal, member: { externalId } });

  test('receipt 1 of two terminals is two sales, and a void says which', async () => {
    const shop = await shopOf('per-terminal-day');
    await shop.tell(at('01', 'M1'), at('02', 'M2'));
    expect(points(shop)).toEqual([100, 100]);
    await shop.tell(voided({ orderNo: '1', store: a, terminal: '02', orderedOn: '2026-11-22' }));
    expect(points(shop)).toEqual([100, 0]);
  });

  test('a sale that does not say its terminal is parked', async () => {
    const shop = await shopOf('per-terminal-day');
    await shop.tell(sale({ orderNo: '1', store: 'A' }));
    expect(whys(shop)).toEqual([
      [
        'parked',
        {
          code: 'NUMBER_PART_MISSING',
          number: '1',
          numbering: 'per-terminal-day',
          part: 'terminal',
          field: 'data.terminal',
        },
      ],
    ]);
  });
});

test('unique, as everybody is until they say otherwise, a number is one sale wherever it is told', async () => {
  const shop = await openShop();
  await shop.tell(...onTwoDays.slice(0, 1), voided({ orderNo: '1' }));
  expect(saleRows(shop.db).map(({ id, keptFen }) => [id, keptFen])).toEqual([['pos:1', 0]]);
});
