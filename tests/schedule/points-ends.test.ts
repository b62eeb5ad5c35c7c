/** 积分到期 by the clock: told before, once for a day, and posted after; what is over can be spent by nobody in between. */
import { describe, expect, test } from 'vitest';
import type { MemberId, PointsSettings } from '../../schema/index.ts';
import { readMember } from '../../workers/db/members/members.ts';
import { heldPoints } from '../../workers/decide/money/held.ts';
import { plans } from '../../workers/platform/plans.ts';
import { pointsEnds } from '../../workers/schedule/chores/points-ends.ts';
import { at, line, sale } from '../support/builders.ts';
import { roundOf } from '../support/round.ts';
import { ledgerFaults, ledgerRows, memberId, openShop, outboxRows, type Shop } from '../support/shop.ts';

const m1 = 'ext:pos:M1';

async function opened(points: Partial<PointsSettings>): Promise<Shop> {
  return openShop({ settings: { tellSale: false, points } as never, now: '2026-11-22 15:00' });
}

const bought = (orderNo: string, yuan: number, day = '2026-11-22', who = 'M1') =>
  sale({
    orderNo,
    at: `${day} 14:00`,
    member: { externalId: who, openid: `open-${who}` },
    lines: [line({ amountFen: yuan * 100 })],
  });

async function turn(shop: Shop, local: string, given: Parameters<typeof roundOf>[1] = {}): Promise<void> {
  shop.clock.now = at(local);
  await pointsEnds.run(roundOf(shop, given), shop.clock.now);
}

const postings = (shop: Shop) =>
  ledgerRows(shop.db)
    .filter(({ account }) => account === 'points')
    .map(({ delta, balance, cause }) => [delta, balance, cause]);
const told = (shop: Shop) =>
  outboxRows(shop.db)
    .filter(({ kind }) => kind === 'points-ending')
    .map(({ payload, cause }) => [payload, cause.split('/')[1]]);
const ends = (shop: Shop) => shop.db.all(`SELECT is_told, last_on FROM points_ends ORDER BY 1, 2`);
async function canSpend(shop: Shop): Promise<number> {
  const found = await readMember(shop.db, memberId(shop.db, m1) as MemberId);
  return found ? heldPoints(found.points, shop.clock.now).spendable : 0;
}

const month = { expiry: { mode: 'months', months: 1 } } as const;

describe('100 points of 22 November, which end with 22 December', () => {
  test('are good on that day, cannot be spent on the next, and are posted when the clock comes by', async () => {
    const shop = await opened(month);
    await shop.tell(bought('1', 100));
    await turn(shop, '2026-12-22 08:00');
    expect([await canSpend(shop), postings(shop).length]).toEqual([100, 1]);
    shop.clock.now = at('2026-12-23 00:00');
    expect([await canSpend(shop), postings(shop).length]).toEqual([0, 1]);
    await turn(shop, '2026-12-23 08:00');
    expect(postings(shop)).toEqual([
      [100, 100, 'sale:pos:1'],
      [-100, 0, 'points-over:2026-12-22'],
    ]);
    expect(ends(shop)).toEqual([]);
    expect(ledgerFaults(shop.db)).toEqual([]);
    await turn(shop, '2026-12-23 08:01');
    expect(postings(shop)).toHaveLength(2);
  });

  test('are posted before the next purchase, where that comes first', async () => {
    const shop = await opened(month);
    await shop.tell(bought('1', 100));
    shop.clock.now = at('2026-12-24 15:00');
    await shop.tell(bought('2', 30, '2026-12-24'));
    expect(postings(shop)).toEqual([
      [100, 100, 'sale:pos:1'],
      [-100, 0, 'points-over:2026-12-22'],
      [30, 30, 'sale:pos:2'],
    ]);
  });

  test('are told of 7 days before, once, however often the clock comes by', async () => {
    const shop = await opened({ ...month, noticeDays: 7 });
    await shop.tell(bought('1', 100));
    await turn(shop, '2026-12-14 08:00');
    expect(told(shop)).toEqual([]);
    for (const minute of ['08:00', '08:01', '08:02']) await turn(shop, `2026-12-15 ${minute}`);
    await turn(shop, '2026-12-16 08:00');
    expect(told(shop)).toEqual([[{ lastOn: '2026-12-22', points: 100 }, '2026-12-22']]);
    expect(ends(shop)).toEqual([{ is_told: 1, last_on: '2026-12-22' }]);
    // In the morning, and not at eight.
    expect(outboxRows(shop.db).map(({ dueAt }) => dueAt)).toEqual([at('2026-12-15 09:00')]);
    await turn(shop, '2026-12-23 08:00');
    expect([ends(shop), await canSpend(shop)]).toEqual([[], 0]);
  });

  test('and 50 of the day after are told of on two days, each once', async () => {
    const shop = await opened({ ...month, noticeDays: 7 });
    await shop.tell(bought('1', 100));
    shop.clock.now = at('2026-11-23 15:00');
    await shop.tell(bought('2', 50, '2026-11-23'));
    for (const day of ['15', '16', '17']) await turn(shop, `2026-12-${day} 08:00`);
    expect(told(shop).map(([payload]) => payload)).toEqual([
      { lastOn: '2026-12-22', points: 100 },
      { lastOn: '2026-12-23', points: 50 },
    ]);
    await turn(shop, '2026-12-23 08:00');
    await turn(shop, '2026-12-24 08:00');
    expect([ends(shop), await canSpend(shop)]).toEqual([[], 0]);
  });

  test('are told of by nobody where the merchant has not asked for it', async () => {
    const shop = await opened(month);
    await shop.tell(bought('1', 100));
    await turn(shop, '2026-12-20 08:00');
    expect(told(shop)).toEqual([]);
  });
});

test('where 30 members have points that end on one day, one turn of the free plan looks at 12 of them', async () => {
  const shop = await opened({ expiry: { mode: 'next-year-end' } });
  await shop.tell(
    ...Array.from({ length: 30 }, (_, one) => bought(`o${String(one)}`, 10, '2026-11-22', `M${String(one)}`)),
  );
  const left: number[] = [];
  for (const minute of ['06:00', '06:02', '06:04']) {
    await turn(shop, `2028-01-01 ${minute}`, { plan: plans.free });
    left.push(ends(shop).length);
  }
  expect(left).toEqual([18, 6, 0]);
  expect(postings(shop).filter(([delta]) => delta === -10)).toHaveLength(30);
});

test('an ordinary purchase of a member with points that end writes no line beside those of before', async () => {
  const linesOf = ({ db }: Shop): number =>
    ['points_ends', 'ledger', 'due', 'members'].reduce(
      (sum, table) => sum + Number(db.all(`SELECT count(*) AS n FROM ${table}`)[0]?.['n']),
      0,
    );
  const more: number[] = [];
  for (const points of [{}, { expiry: { mode: 'months', months: 12 }, pendingDays: 7 }]) {
    const shop = await opened(points as never);
    await shop.tell(bought('1', 100));
    const before = linesOf(shop);
    shop.clock.now = at('2026-11-25 15:00');
    await shop.tell(bought('2', 50, '2026-11-25'));
    more.push(linesOf(shop) - before);
  }
  expect(more).toEqual([2, 2]);
});
