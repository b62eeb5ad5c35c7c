/** 每人每天一次: a limit a day goes by the day of the sale, in whatever order receipts come, and whoever turns out to be one person. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOn, joinDays, usedOn, type Days } from '../../../workers/decide/members/day-counts.ts';
import { addDays } from '../../../workers/decide/plain/dates.ts';
import { campaign, line, refund, sale, spend } from '../../support/builders.ts';
import { nounRows } from '../../support/kept.ts';
import { balanceOf, emptied, grantRows, openShop, type Shop, type ShopSetup } from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const today = '2026-11-22';
const daily: ShopSetup = {
  campaigns: [
    campaign('daily', {
      conditions: [spend(10_000)],
      limits: { total: null, perMember: null, perMemberPerDay: 1, budgetFen: null },
      rewards: [{ kind: 'points', points: 100 }],
    }),
  ],
};
const bought = (orderNo: string, daysAgo: number, externalId = 'M1') =>
  sale({ orderNo, at: `${addDays(today, -daysAgo)} 12:00`, member: { externalId } });
/** The days on which the member holds a gift of the day, each as often as it is held. */
const giftDays = (shop: Shop): string[] =>
  grantRows(shop.db)
    .flatMap(({ times, grantedOn }) => (times > 0 ? [grantedOn] : []))
    .toSorted();

describe('100 points a member and day', () => {
  test('a receipt of yesterday told after one of today brings yesterday’s gift, and a second one of yesterday brings none', async () => {
    const shop = await openShop(daily);
    await shop.tell(bought('Y1', 1));
    await shop.tell(bought('T1', 0));
    await shop.tell(bought('Y2', 1));
    await shop.tell(bought('T2', 0));
    expect(giftDays(shop)).toEqual(['2026-11-21', '2026-11-22']);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(4 * 100 + 2 * 100);
  });

  test('what comes back makes room on its own day', async () => {
    const shop = await openShop(daily);
    await shop.tell(bought('Y1', 1));
    await shop.tell(bought('T1', 0));
    await shop.tell(refund({ orderNo: 'Y1', refundedFen: 10_000 }));
    await shop.tell(bought('T2', 0));
    expect(giftDays(shop)).toEqual(['2026-11-22']);
    await shop.tell(bought('Y2', 1));
    expect(giftDays(shop)).toEqual(['2026-11-21', '2026-11-22']);
  });

  test('two cards that turn out to be one person have had both days: neither has another gift', async () => {
    const shop = await openShop(daily);
    await shop.tell(bought('A', 1, 'M1'));
    await shop.tell(bought('B', 0, 'M2'));
    await shop.tell({
      type: 'member.merged',
      id: 'merge',
      occurredAt: '2026-11-22T14:00:00+08:00',
      data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
    });
    await shop.tell(bought('C', 1), bought('D', 0));
    expect(giftDays(shop)).toEqual(['2026-11-21', '2026-11-22']);
    const counts = nounRows(shop.db, 'memberCounters').filter(({ used }) => used > 0);
    expect(counts.map(({ used, days }) => ({ used, days }))).toEqual([
      { used: 2, days: { '2026-11-21': 1, '2026-11-22': 1 } },
    ]);
  });

  test('a gift of twenty days ago stays when a line of its receipt comes back, though its day is forgotten', async () => {
    const shop = await openShop({ ...daily, now: '2026-11-02 18:00' });
    await shop.tell(sale({ orderNo: 'OLD', at: '2026-11-02 12:00', lines: [line({ amountFen: 30_000 })] }));
    shop.clock.now += 20 * 86_400_000;
    await shop.tell(bought('T1', 0));
    await shop.tell(
      refund({ orderNo: 'OLD', lines: [line({ originalLineNo: '1', quantity: '0.1', amountFen: 1_000 })] }),
    );
    expect(giftDays(shop)).toEqual(['2026-11-02', '2026-11-22']);
  });

  test('whatever the order in which receipts of three weeks are told, one gift a day at most', async () => {
    const db = sqliteDb();
    const receipts = fc.array(fc.nat(21), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(receipts, fc.integer({ min: 1, max: 5 }), async (daysAgo, groupSize) => {
        const shop = await openShop({ ...daily, db: emptied(db) });
        await shop.post(...daysAgo.map((days, place) => bought(`R${place}`, days)));
        await shop.work(groupSize);
        const days = giftDays(shop);
        expect(new Set(days).size).toBe(days.length);
        // Of the last fourteen days each that was bought on has its gift.
        const recent = daysAgo.filter((ago) => ago <= 14).map((ago) => addDays(today, -ago));
        expect(days).toEqual(expect.arrayContaining(recent));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the counts of a member', () => {
  const none: Days = { days: {}, forgottenTo: null };
  const counted = (uses: readonly number[]): Days =>
    uses.reduce((days, ago) => countOn(days, { on: addDays(today, -ago), times: 1 }, today), none);
  const uses = fc.array(fc.nat(14), { maxLength: 30 });

  test('are the same in whatever order the uses came, and add up day by day when two become one', () => {
    fc.assert(
      fc.property(uses, uses, (some, others) => {
        expect(joinDays(counted(some), counted(others))).toEqual(counted([...others, ...some].toReversed()));
      }),
    );
  });

  test('of older days are let go, and such a day counts as used up rather than free', () => {
    const days = counted([40, 15, 14, 0]);
    expect(days).toEqual({ days: { '2026-11-08': 1, '2026-11-22': 1 }, forgottenTo: '2026-11-07' });
    expect(['2026-10-01', '2026-11-07', '2026-11-08', '2026-11-09'].map((on) => usedOn(days, on))).toEqual([
      null,
      null,
      1,
      0,
    ]);
  });

  test('stay few, even where a clock runs years ahead', () => {
    const ahead = Array.from({ length: 100 }, (_, place) => -365 - place);
    expect(Object.keys(counted(ahead).days)).toHaveLength(31);
  });
});
