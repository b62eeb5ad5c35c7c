/** 积分批次: which points are spent, taken back and given back first, in figures. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lot, LotKey, PointsSettings } from '../../../schema/index.ts';
import { correctPoints } from '../../../workers/commands/members/correct-points.ts';
import { endingIn, heldPoints, waitingIn } from '../../../workers/decide/money/held.ts';
import { lotsMax } from '../../../workers/decide/money/lot-list.ts';
import {
  asOf,
  emptyHead,
  lotFor,
  noLot,
  putInto,
  takeFrom,
  type Head,
} from '../../../workers/decide/money/lots.ts';
import { readMember } from '../../../workers/db/members/members.ts';
import { at, line, refund, sale } from '../../support/builders.ts';
import { ledgerRows, memberId, openShop, type Shop } from '../../support/shop.ts';
import type { MemberId } from '../../../schema/index.ts';

const rules = (given: Partial<PointsSettings> = {}): PointsSettings => ({
  expiry: { mode: 'never' },
  pendingDays: 0,
  backDays: 30,
  worthFen: 100,
  noticeDays: 0,
  ...given,
});

test.each<[string, PointsSettings['expiry'], number, LotKey]>([
  ['never, and can be spent at once', { mode: 'never' }, 0, noLot],
  ['12 months later', { mode: 'months', months: 12 }, 0, { lastOn: '2027-11-30', releaseOn: null }],
  [
    '3 months later, on the last of February',
    { mode: 'months', months: 3 },
    0,
    { lastOn: '2027-02-28', releaseOn: null },
  ],
  ['with next year', { mode: 'next-year-end' }, 7, { lastOn: '2027-12-31', releaseOn: '2026-12-07' }],
])('points of a sale of 30 November end %s', (_, expiry, pendingDays, lot) => {
  expect(lotFor(rules({ expiry, pendingDays }), '2026-11-30', true)).toEqual(lot);
});

const lot = (lastOn: string | null, points: number, releaseOn: string | null = null): Lot => ({
  lastOn,
  releaseOn,
  points,
  since: 0,
  credited: points,
  isTold: false,
});
const holding = (balance: number, ...lots: Lot[]): Head => ({ seq: 1, balance, credited: balance, lots });

describe('100 that end in May, 50 that end in June, 20 that never end and 30 that wait', () => {
  const head = holding(
    200,
    lot('2027-05-31', 100),
    lot('2027-06-30', 50),
    lot('2027-06-30', 30, '2027-01-10'),
  );

  test('are 170 to spend; the first to end go first, and what never ends goes last', () => {
    expect(heldPoints(head, at('2027-01-05 12:00'))).toMatchObject({ spendable: 170, pending: 30 });
    expect(takeFrom(head, 160).taken.map(({ lastOn, points }) => [lastOn, points])).toEqual([
      ['2027-05-31', 100],
      ['2027-06-30', 50],
      [null, 10],
    ]);
  });

  test('can all be spent when the window has closed, and are 100 when May is over', () => {
    expect(heldPoints(head, at('2027-01-10 00:00'))).toMatchObject({ spendable: 200, pending: 0 });
    const june = heldPoints(head, at('2027-06-01 00:00'));
    expect([june.spendable, endingIn(june)]).toEqual([100, [{ lastOn: '2027-06-30', points: 80 }]]);
    expect(waitingIn(heldPoints(head, at('2027-01-05 12:00')))).toEqual([
      { releaseOn: '2027-01-10', points: 30 },
    ]);
  });
});

test('an account that owes 40 and receives 100 keeps 60 of them', () => {
  const key = { lastOn: '2027-05-31', releaseOn: null };
  expect(putInto(holding(-40), key, 100)).toMatchObject([{ points: 60 }]);
});

test('however many days points come for, there are never more than 40 lots, no point is lost and none ends earlier', () => {
  const days = fc.array(
    fc.record({ day: fc.nat(400), points: fc.integer({ min: 1, max: 99 }), waits: fc.boolean() }),
    { maxLength: 120 },
  );
  const dayOf = (days: number): string => new Date(Date.UTC(2027, 0, 1 + days)).toISOString().slice(0, 10);
  fc.assert(
    fc.property(days, (received) => {
      let head = emptyHead;
      for (const { day, points, waits } of received) {
        const lots = putInto(head, { lastOn: dayOf(day + 60), releaseOn: waits ? dayOf(day) : null }, points);
        head = { seq: 1, balance: head.balance + points, credited: head.credited + points, lots };
      }
      expect(head.lots.length).toBeLessThanOrEqual(lotsMax);
      expect(head.lots.reduce((sum, { points }) => sum + points, 0)).toBe(head.balance);
      for (const today of [dayOf(100), dayOf(300)]) {
        const good = received.filter(({ day }) => dayOf(day + 60) >= today);
        const owed = good.reduce((sum, { points }) => sum + points, 0);
        expect(asOf(head, today).balance).toBeGreaterThanOrEqual(owed);
      }
    }),
  );
});

const yearEnd = { expiry: { mode: 'next-year-end' }, pendingDays: 7 } as const;
const held = async (shop: Shop) => {
  const found = await readMember(shop.db, memberId(shop.db, 'ext:pos:M1') as MemberId);
  const { spendable, pending } = heldPoints(found?.points ?? emptyHead, shop.clock.now);
  return [spendable, pending];
};
const bought = (orderNo: string, yuan: number) => sale({ orderNo, lines: [line({ amountFen: yuan * 100 })] });
const back = (orderNo: string) => refund({ refundNo: `R${orderNo}`, orderNo });

test('a return within the window takes what waits of its own sale, and nothing that can be spent', async () => {
  const shop = await openShop({ settings: { points: yearEnd } as never });
  await shop.tell(bought('1', 100));
  shop.clock.now = at('2026-12-01 10:00');
  await shop.tell(sale({ orderNo: '2', at: '2026-12-01 09:00', lines: [line({ amountFen: 5_000 })] }));
  expect(await held(shop)).toEqual([100, 50]);
  await shop.tell(back('2'));
  expect(await held(shop)).toEqual([100, 0]);
});

test('of a sale whose points have ended a return takes none of another’s', async () => {
  const shop = await openShop({ settings: { points: { expiry: { mode: 'months', months: 1 } } } as never });
  await shop.tell(bought('1', 100));
  shop.clock.now = at('2026-12-24 10:00');
  await shop.tell(
    sale({ orderNo: '2', at: '2026-12-24 09:00', lines: [line({ amountFen: 5_000 })] }),
    back('1'),
  );
  expect(await held(shop)).toEqual([50, 0]);
  expect(
    ledgerRows(shop.db)
      .filter(({ account }) => account === 'points')
      .map(({ delta }) => delta),
  ).toEqual([100, -100, 50]);
});

test('by hand also what waits can be taken, and never more than there is', async () => {
  const shop = await openShop({ settings: { points: yearEnd } as never });
  await shop.tell(bought('1', 100));
  const id = memberId(shop.db, 'ext:pos:M1') as MemberId;
  const correct = (key: string, delta: number) =>
    correctPoints(shop.engine, { key, memberId: id, delta }, shop.clock.now);
  expect(await correct('a'.repeat(26), 20)).toEqual({ balance: 120 });
  expect(await held(shop)).toEqual([20, 100]);
  expect(await correct('b'.repeat(26), -50)).toEqual({ balance: 70 });
  expect(await held(shop)).toEqual([0, 70]);
  expect(await correct('c'.repeat(26), -71)).toEqual({
    refusal: { code: 'POINTS_SHORT', have: 70, need: 71 },
  });
});
