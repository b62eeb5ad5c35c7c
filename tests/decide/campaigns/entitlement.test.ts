/** 应得: tiers that exclude each other, packets that are drawn once, and what they cost (K-49, Q-11). */
import { describe, expect, test } from 'vitest';
import { replaceCampaign } from '../../../workers/db/shop/campaigns.ts';
import { at, campaign, line, ordinaryDay, refund, sale, spend, template } from '../../support/builders.ts';
import { balanceOf, couponRows, grantRows, openShop, type ShopSetup } from '../../support/shop.ts';

const later = { relative: { afterDays: 7, forDays: 7 } };
const packet = (minFen: number, maxFen: number) => ({ kind: 'red-packet', minFen, maxFen });
const coupon = (templateId: string) => ({ kind: 'coupon', templateId, count: 1 });

const tiers = (pick: 'best' | 'first' | 'all' = 'best'): ShopSetup => ({
  templates: [
    template('30元', { valueFen: 3_000, validity: later }),
    template('15元', { valueFen: 1_500, validity: later }),
  ],
  campaigns: [
    campaign('788', {
      conditions: [spend(78_800)],
      group: '618',
      pick,
      rewards: [packet(1_000, 2_000), coupon('30元')],
    }),
    campaign('388', {
      conditions: [spend(38_800)],
      group: '618',
      pick,
      priority: 5,
      rewards: [packet(500, 1_000), coupon('15元')],
    }),
    campaign('188', { conditions: [spend(18_800)], group: '618', pick, rewards: [packet(200, 500)] }),
  ],
});

const buy = (amountFen: number, orderNo = '8005-372', when = ordinaryDay) =>
  sale({ orderNo, at: when, lines: [line({ amountFen })] });
const wallet = (shop: Awaited<ReturnType<typeof openShop>>) => balanceOf(shop.db, 'ext:pos:M1', 'wallet');

describe('the packet tiers 188, 388 and 788', () => {
  test('787.99 draws 5 to 10 yuan and the 15 yuan coupon, usable from the seventh day on', async () => {
    const shop = await openShop(tiers());
    await shop.tell(buy(78_799));
    expect(wallet(shop)).toBeGreaterThanOrEqual(500);
    expect(wallet(shop)).toBeLessThanOrEqual(1_000);
    expect(
      couponRows(shop.db).map(({ templateId, validFrom, validTo }) => [templateId, validFrom, validTo]),
    ).toEqual([['15元', at('2026-11-29 00:00'), at('2026-12-06 00:00')]]);
  });

  test('788 draws only from the top tier: 10 to 20 yuan and the 30 yuan coupon', async () => {
    const shop = await openShop(tiers());
    await shop.tell(buy(78_800));
    expect(wallet(shop)).toBeGreaterThanOrEqual(1_000);
    expect(wallet(shop)).toBeLessThanOrEqual(2_000);
    expect(couponRows(shop.db).map(({ templateId }) => templateId)).toEqual(['30元']);
    expect(grantRows(shop.db).map(({ campaignId, costFen }) => [campaignId, costFen])).toEqual([
      ['788', wallet(shop) + 3_000],
    ]);
  });

  test('187.99 draws nothing', async () => {
    const shop = await openShop(tiers());
    await shop.tell(buy(18_799));
    expect([wallet(shop), couponRows(shop.db)]).toEqual([0, []]);
  });

  test('the same sale draws the same packet in another shop with the same seed, and after a correction', async () => {
    const draws = [];
    for (let run = 0; run < 3; run += 1) {
      const shop = await openShop(tiers());
      await shop.tell(buy(40_000));
      draws.push(wallet(shop));
      await shop.tell(sale({ version: '2', lines: [line({ amountFen: 50_000 })] }));
      draws.push(wallet(shop));
    }
    expect(new Set(draws).size).toBe(1);
  });

  test('over 300 sales the packets of 2 to 5 yuan are whole fen, from both ends of the range, and 3.50 on average', async () => {
    const shop = await openShop(tiers());
    await shop.tell(...Array.from({ length: 300 }, (_, index) => buy(18_800, String(index))));
    const drawn = grantRows(shop.db).map(({ awards }) => Number(awards['redPacketFen']));
    expect(drawn.every((fen) => Number.isInteger(fen) && fen >= 200 && fen <= 500)).toBe(true);
    expect(Math.min(...drawn)).toBeLessThan(215);
    expect(Math.max(...drawn)).toBeGreaterThan(485);
    const average = drawn.reduce((sum, fen) => sum + fen, 0) / drawn.length;
    expect(Math.abs(average - 350)).toBeLessThan(20);
  });
});

describe('a group', () => {
  test('that gives everything gives all three tiers', async () => {
    const shop = await openShop(tiers('all'));
    await shop.tell(buy(78_800));
    expect(grantRows(shop.db).map(({ campaignId }) => campaignId)).toEqual(['188', '388', '788']);
  });

  test('that gives the first gives the one with the highest priority', async () => {
    const shop = await openShop(tiers('first'));
    await shop.tell(buy(78_800));
    expect(grantRows(shop.db).map(({ campaignId }) => campaignId)).toEqual(['388']);
  });

  test('whose best tier is used up gives the next one down', async () => {
    const setup = tiers();
    const [top, ...others] = setup.campaigns ?? [];
    const limited = campaign('788', { ...top?.definition, limits: { total: 1 } });
    const shop = await openShop({ ...setup, campaigns: [limited, ...others] });
    await shop.tell(buy(78_800, '1'), buy(78_800, '2'));
    expect(grantRows(shop.db).map(({ cause, campaignId }) => [cause, campaignId])).toEqual([
      ['sale:pos:1', '788'],
      ['sale:pos:2', '388'],
    ]);
  });
});

test('a sale of 400 with the 388 tier that comes down to 350 holds the 188 tier: the difference goes back', async () => {
  const shop = await openShop({
    templates: [template('15元', { valueFen: 1_500 })],
    campaigns: [
      campaign('388', {
        conditions: [spend(38_800)],
        group: 'g',
        rewards: [packet(700, 700), coupon('15元')],
      }),
      campaign('188', { conditions: [spend(18_800)], group: 'g', rewards: [packet(300, 300)] }),
    ],
  });
  await shop.tell(buy(40_000));
  expect([wallet(shop), couponRows(shop.db).map(({ state }) => state)]).toEqual([700, ['issued']]);
  await shop.tell(refund({ lines: [line({ originalLineNo: '1', quantity: '0.1', amountFen: 5_000 })] }));
  expect([wallet(shop), couponRows(shop.db).map(({ state }) => state)]).toEqual([300, ['revoked']]);
  expect(grantRows(shop.db).map(({ campaignId, times }) => [campaignId, times])).toEqual([
    ['188', 1],
    ['388', 0],
  ]);
});

test('a campaign whose budget is 10.00 gives three packets of 3.00 and then no more', async () => {
  const shop = await openShop({
    campaigns: [campaign('c', { limits: { budgetFen: 1_000 }, rewards: [packet(300, 300)] })],
  });
  await shop.tell(...['1', '2', '3', '4', '5'].map((orderNo) => buy(20_000, orderNo)));
  expect(wallet(shop)).toBe(900);
});

test('a return is judged by the promise of the day of the sale, a later sale by the new one', async () => {
  const promise = (fen: number) => ({ conditions: [spend(18_800)], rewards: [packet(fen, fen)] });
  const shop = await openShop({ campaigns: [campaign('c', promise(300))] });
  await shop.tell(buy(30_000, '1'));
  shop.clock.now = at('2026-11-23 08:00');
  const next = campaign('c', { ...promise(900), version: 2, inForceFrom: shop.clock.now });
  expect(await replaceCampaign(shop.db, next, { totalLimit: null, budgetFen: null })).toBe('replaced');
  shop.clock.now = at('2026-11-24 10:00');
  const oneYuanBack = refund({
    orderNo: '1',
    at: '2026-11-24 09:00',
    lines: [line({ originalLineNo: '1', quantity: '0', amountFen: 100 })],
  });
  await shop.tell(oneYuanBack);
  expect(wallet(shop)).toBe(300);
  await shop.tell(buy(30_000, '2', '2026-11-24 09:30'));
  expect(wallet(shop)).toBe(1_200);
});

describe('a return gives nothing new', () => {
  const oneYuanBack = (orderNo: string) =>
    refund({
      refundNo: `R${orderNo}`,
      orderNo,
      lines: [line({ originalLineNo: '1', quantity: '0', amountFen: 100 })],
    });

  test('not the slot that another return has set free', async () => {
    const shop = await openShop({ campaigns: [campaign('one', { limits: { total: 1 } })] });
    const of = (orderNo: string, who: string) =>
      sale({ orderNo, member: { externalId: who }, lines: [line({ amountFen: 30_000 })] });
    await shop.tell(of('1', 'A'), of('2', 'B'));
    await shop.tell(refund({ orderNo: '1' }), oneYuanBack('2'));
    expect([balanceOf(shop.db, 'ext:pos:A'), balanceOf(shop.db, 'ext:pos:B')]).toEqual([0, 299]);
  });

  test('not what is promised to a level that was reached since', async () => {
    const shop = await openShop({ campaigns: [campaign('gold', { levels: ['金卡'] })] });
    await shop.tell(buy(30_000, '1'));
    const levelUp = { externalId: 'M1', level: '金卡' };
    await shop.tell({
      type: 'member.updated',
      id: 'up',
      occurredAt: '2026-11-23T09:00:00+08:00',
      data: levelUp,
    });
    await shop.tell(oneYuanBack('1'));
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(299);
  });

  test('but an exchange for something dearer may reach the next threshold', async () => {
    const shop = await openShop({ campaigns: [campaign('c', { conditions: [spend(18_800)] })] });
    await shop.tell(buy(10_000, '1'));
    const dearer = [
      line({ originalLineNo: '1', amountFen: 10_000 }),
      line({ kind: 'exchange_out', amountFen: 20_000 }),
    ];
    await shop.tell(refund({ orderNo: '1', lines: dearer, refundedFen: 0 }));
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(300);
  });
});
