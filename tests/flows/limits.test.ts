/** 限量: however many customers come at once, nobody gets what is not there, and nothing that is there is held back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, type Runtime } from '../../scripts/runtime.ts';
import { d1 } from '../../workers/d1.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { processPending } from '../../workers/engine/process.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { seedMaker } from '../../workers/engine/seeds.ts';
import { campaign, line, refund, sale, spend, template, type SaleBody } from '../support/builders.ts';
import {
  balanceOf,
  couponRows,
  furnish,
  inboxRows,
  ledgerFaults,
  openShop,
  postTo,
  testSecret,
  type Shop,
  type ShopSetup,
} from '../support/shop.ts';
import { events } from '../support/inbox.ts';

const claims = (
  count: number,
  given: (index: number) => Parameters<typeof sale>[0] = () => ({}),
): SaleBody[] =>
  Array.from({ length: count }, (_, index) =>
    sale({
      orderNo: `order-${String(index)}`,
      member: { externalId: `M${String(index)}` },
      lines: [line({ amountFen: 20_000 })],
      ...given(index),
    }),
  );

const scarce: ShopSetup = {
  campaigns: [
    campaign('first-100', {
      limits: { total: 100, perMember: 1 },
      rewards: [{ kind: 'coupon', templateId: '前百名', count: 1 }],
    }),
    campaign('budget', {
      limits: { budgetFen: 100_000 },
      rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }],
    }),
    campaign('stock', { rewards: [{ kind: 'coupon', templateId: '限量券', count: 1 }] }),
  ],
  templates: [template('前百名'), template('限量券', { stock: 50 })],
};

/** A second, third, … consumer over the same database, with caches of its own. */
function consumer({ engine }: Shop): Engine {
  const sources = sourceCache(engine.db);
  return {
    db: engine.db,
    config: configCache(engine.db),
    normalise: (rows) => normaliseRows(rows, sources),
    seeds: seedMaker(testSecret),
  };
}

async function race(shop: Shop, consumers: number, groupSize: number): Promise<void> {
  const lane = async (engine: Engine): Promise<void> => {
    while ((await processPending(engine, groupSize, shop.clock.now)) > 0);
  };
  await Promise.all(Array.from({ length: consumers }, () => lane(consumer(shop))));
}

const used = ({ db }: Shop) =>
  Object.fromEntries(
    db
      .all(`SELECT campaign_id AS id, used, spent_fen AS fen FROM campaign_counters`)
      .map(({ id, used: slots, fen }) => [id, { slots, fen }]),
  );

const issued = (shop: Shop): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { templateId } of couponRows(shop.db)) counts[templateId] = (counts[templateId] ?? 0) + 1;
  return counts;
};

const states = (shop: Shop): string[] => [...new Set(inboxRows(shop.db).map(({ state }) => state))];

describe('600 sales at once', () => {
  test.each([
    [1, 100],
    [4, 25],
    [3, 7],
  ])(
    'earn exactly 100 first-hundred coupons, 333 packets of 3 yuan out of 1,000 and 50 scarce coupons: %d consumers, groups of %d',
    async (consumers, groupSize) => {
      const shop = await openShop(scarce);
      for (let index = 0; index < 600; index += 300)
        await shop.post(...claims(600).slice(index, index + 300));
      await race(shop, consumers, groupSize);
      expect(states(shop)).toEqual(['done']);
      expect(used(shop)).toEqual({
        'first-100': { slots: 100, fen: 80_000 },
        budget: { slots: 333, fen: 99_900 },
        stock: { slots: 50, fen: 40_000 },
      });
      expect(issued(shop)).toEqual({ 前百名: 100, 限量券: 50 });
      expect(ledgerFaults(shop.db)).toEqual([]);
    },
  );

  test('by 60 members who each come ten times give nobody a second coupon', async () => {
    const shop = await openShop(scarce);
    const bodies = claims(600, (index) => ({ member: { externalId: `M${String(index % 60)}` } }));
    await Promise.all(bodies.map((body) => shop.post(body)));
    await race(shop, 4, 20);
    expect(used(shop)['first-100']).toEqual({ slots: 60, fen: 48_000 });
    const owners = couponRows(shop.db)
      .filter(({ templateId }) => templateId === '前百名')
      .map(({ memberId }) => memberId);
    expect([owners.length, new Set(owners).size]).toEqual([60, 60]);
  });
});

describe('a tier whose coupons run out', () => {
  const tiers: ShopSetup = {
    templates: [template('百元券', { valueFen: 10_000, stock: 7 }), template('一人一张', { perMember: 1 })],
    campaigns: [
      campaign('券', {
        group: 'g',
        limits: { budgetFen: 1_000_000 },
        rewards: [{ kind: 'coupon', templateId: '百元券', count: 1 }],
      }),
      campaign('一张', {
        group: 'g',
        limits: { total: 25 },
        rewards: [{ kind: 'coupon', templateId: '一人一张', count: 1 }],
      }),
      campaign('积分', { group: 'g', rewards: [{ kind: 'points', points: 55 }] }),
    ],
  };

  test.each([
    [1, 60],
    [4, 5],
    [3, 1],
  ])(
    'gives 7 of them to 60 buyers at once, 20 others their one coupon and everybody else the points: %d consumers, groups of %d',
    async (consumers, groupSize) => {
      const shop = await openShop(tiers);
      const bodies = claims(60, (index) => ({ member: { externalId: `M${String(index % 20)}` } }));
      await Promise.all(bodies.map((body) => shop.post(body)));
      await race(shop, consumers, groupSize);
      const points = 60 - 7 - 20;
      expect(states(shop)).toEqual(['done']);
      expect(used(shop)).toEqual({
        券: { slots: 7, fen: 70_000 },
        一张: { slots: 20, fen: 16_000 },
        积分: { slots: points, fen: 0 },
      });
      expect(issued(shop)).toEqual({ 百元券: 7, 一人一张: 20 });
    },
  );
});

describe('a slot', () => {
  test('of 2, one for each: A and B get theirs, A’s second and C’s first get nothing (K-46)', async () => {
    const shop = await openShop({ campaigns: [campaign('two', { limits: { total: 2, perMember: 1 } })] });
    const buy = (orderNo: string, who: string) =>
      sale({ orderNo, member: { externalId: who }, lines: [line({ amountFen: 20_000 })] });
    await shop.tell(buy('1', 'A'), buy('2', 'A'), buy('3', 'B'), buy('4', 'C'));
    expect(['A', 'B', 'C'].map((who) => balanceOf(shop.db, `ext:pos:${who}`))).toEqual([500, 300, 200]);
  });

  test('is given back when A returns everything, and the next sale of C takes it (Q-10)', async () => {
    const shop = await openShop({ campaigns: [campaign('two', { limits: { total: 2, perMember: 1 } })] });
    const buy = (orderNo: string, who: string) =>
      sale({ orderNo, member: { externalId: who }, lines: [line({ amountFen: 20_000 })] });
    await shop.tell(buy('1', 'A'), buy('2', 'B'), buy('3', 'C'));
    await shop.tell(refund({ orderNo: '1' }));
    expect(used(shop)['two']).toEqual({ slots: 1, fen: 0 });
    await shop.tell(buy('4', 'C'), buy('5', 'A'));
    expect(['A', 'B', 'C'].map((who) => balanceOf(shop.db, `ext:pos:${who}`))).toEqual([200, 300, 500]);
  });

  test('is kept when the coupon it gave was already used, and the coupon is flagged', async () => {
    const shop = await openShop({
      campaigns: [
        campaign('one', { limits: { total: 1 }, rewards: [{ kind: 'coupon', templateId: 't', count: 1 }] }),
      ],
      templates: [template('t')],
    });
    await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
    shop.db.all(`UPDATE coupons SET state = 'used', used_for = 'sale:elsewhere'`);
    await shop.tell(refund());
    expect(used(shop)['one']).toEqual({ slots: 1, fen: 800 });
    expect(couponRows(shop.db).map(({ state, flag }) => [state, flag])).toEqual([
      ['used', 'earned-by-returned-sale'],
    ]);
  });

  test('of one a day is free again the next morning', async () => {
    const shop = await openShop({ campaigns: [campaign('daily', { limits: { perMemberPerDay: 1 } })] });
    const buy = (orderNo: string, at: string) => sale({ orderNo, at, lines: [line({ amountFen: 20_000 })] });
    await shop.tell(buy('1', '2026-11-20 23:50'), buy('2', '2026-11-20 23:59'), buy('3', '2026-11-21 00:00'));
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(200 + 200 + 200 + 2 * 100);
  });
});

describe('coupons', () => {
  test('for a sale of a million yuan at one for every 100 are 500, not 10,000', async () => {
    const rewards = [{ kind: 'coupon', templateId: '5元券', count: 1 }];
    const shop = await openShop({
      campaigns: [campaign('each-100', { conditions: [spend(10_000)], repeat: 'multiple', rewards })],
      templates: [template('5元券')],
    });
    await shop.tell(sale({ lines: [line({ amountFen: 100_000_000 })] }));
    expect(issued(shop)).toEqual({ '5元券': 500 });
  });

  test('of which few are left are not oversold by one sale that meets two campaigns which both give them', async () => {
    const shop = await openShop({
      campaigns: [
        campaign('a', { rewards: [{ kind: 'coupon', templateId: '限量券', count: 2 }] }),
        campaign('b', { rewards: [{ kind: 'coupon', templateId: '限量券', count: 2 }] }),
      ],
      templates: [template('限量券', { stock: 3 })],
    });
    await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
    expect(issued(shop)).toEqual({ 限量券: 3 });
    expect(states(shop)).toEqual(['done']);
  });

  test('of which each member may have one stay one for each member when two campaigns give them', async () => {
    const shop = await openShop({
      campaigns: [
        campaign('a', { rewards: [{ kind: 'coupon', templateId: '一人一张', count: 1 }] }),
        campaign('b', { rewards: [{ kind: 'coupon', templateId: '一人一张', count: 1 }] }),
      ],
      templates: [template('一人一张', { perMember: 1 })],
    });
    await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
    expect(issued(shop)).toEqual({ 一人一张: 1 });
  });
});

describe('on D1 itself', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startRuntime({ vars: { SEED: testSecret } });
  });
  afterAll(() => runtime.stop());

  test('150 sales raced by two consumers earn exactly 100 first-hundred coupons and 50 scarce ones', async () => {
    const db = d1(await runtime.db());
    await furnish(db, scarce);
    const sources = sourceCache(db);
    const now = Date.parse('2026-11-22T15:00:00+08:00');
    const doorbell = { ring: () => {}, handOver: async () => {} };
    await postTo({ db, sources, clock: () => now, doorbell }, now, ...claims(150));
    const lane = async (): Promise<void> => {
      const engine: Engine = {
        db,
        config: configCache(db),
        normalise: (rows) => normaliseRows(rows, sources),
        seeds: seedMaker(testSecret),
      };
      while ((await processPending(engine, 50, now)) > 0);
    };
    await Promise.all([lane(), lane()]);
    const [counters, coupons, inbox] = await db.batch([
      { sql: `SELECT campaign_id AS id, used FROM campaign_counters ORDER BY 1`, params: [] },
      { sql: `SELECT template_id AS id, count(*) AS n FROM coupons GROUP BY 1 ORDER BY 1`, params: [] },
      { sql: `SELECT DISTINCT state FROM ${events}`, params: [] },
    ]);
    expect({ counters: counters?.rows, coupons: coupons?.rows, inbox: inbox?.rows }).toEqual({
      counters: [
        { id: 'budget', used: 150 },
        { id: 'first-100', used: 100 },
        { id: 'stock', used: 50 },
      ],
      coupons: [
        { id: '前百名', n: 100 },
        { id: '限量券', n: 50 },
      ],
      inbox: [{ state: 'done' }],
    });
  });
});
