/** 当时的活动: what happened is rewarded by what was promised then, whenever it is told and however often. */
import { describe, expect, test } from 'vitest';
import { replaceCampaign } from '../../../workers/db/shop/campaigns.ts';
import { at, campaign, line, recharge, refund, sale, spend, template } from '../../support/builders.ts';
import { balanceOf, couponRows, memberId, memberRows, openShop, type Shop } from '../../support/shop.ts';

type Given = Parameters<typeof campaign>[1];
const packet = (fen: number, given: Given = {}) =>
  campaign('c', {
    conditions: [spend(18_800)],
    rewards: [{ kind: 'red-packet', minFen: fen, maxFen: fen }],
    ...given,
  });
const buy = (when: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({ at: when, lines: [line({ amountFen: 20_000 })], ...given });
const wallet = (shop: Shop) => balanceOf(shop.db, 'ext:pos:M1', 'wallet');

/** The office changes the campaign at that moment. */
async function change(shop: Shop, when: string, fen: number, given: Given = {}): Promise<void> {
  shop.clock.now = at(when);
  const next = packet(fen, { ...given, inForceFrom: shop.clock.now });
  expect(await replaceCampaign(shop.db, next, { totalLimit: null, budgetFen: null })).toBe('replaced');
}

const started = { inForceFrom: at('2026-11-20 09:00') };

test('a campaign of 11-20 at 9:00 gives nothing for a sale of 8:59, and 3.00 for one of 9:00, told on the same day', async () => {
  const shop = await openShop({ campaigns: [packet(300, started)] });
  await shop.tell(buy('2026-11-20 08:59', { orderNo: '1' }));
  expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([0, 200]);
  await shop.tell(buy('2026-11-20 09:00', { orderNo: '2' }));
  expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([300, 400]);
});

test('where somebody wrote that it begins on 10-20, it answers for a sale of 11-01 as well, and for none of 10-19', async () => {
  const shop = await openShop({
    campaigns: [packet(300, { ...started, from: '2026-10-20T00:00:00+08:00' })],
  });
  await shop.tell(buy('2026-10-19 14:00', { orderNo: '1' }));
  expect(wallet(shop)).toBe(0);
  await shop.tell(buy('2026-11-01 14:00', { orderNo: '2' }));
  expect(wallet(shop)).toBe(300);
});

describe('a sale of 11-20, told on 11-24', () => {
  const sold = buy('2026-11-20 10:00');

  test('earns the 3.00 that were promised then, not the 9.00 that are promised since 11-22', async () => {
    const shop = await openShop({ campaigns: [packet(300, started)] });
    await change(shop, '2026-11-22 08:00', 900, { version: 2 });
    shop.clock.now = at('2026-11-24 10:00');
    await shop.tell(sold);
    expect(wallet(shop)).toBe(300);
  });

  test('earns them though the campaign has been paused since', async () => {
    const shop = await openShop({ campaigns: [packet(300, started)] });
    await change(shop, '2026-11-22 08:00', 300, { version: 2, status: 'paused' });
    shop.clock.now = at('2026-11-24 10:00');
    await shop.tell(sold);
    expect(wallet(shop)).toBe(300);
  });

  test('earns nothing where the campaign was paused on that day', async () => {
    const shop = await openShop({ campaigns: [packet(300, { inForceFrom: 0 })] });
    await change(shop, '2026-11-19 08:00', 300, { version: 2, status: 'paused' });
    await change(shop, '2026-11-22 08:00', 300, { version: 3 });
    shop.clock.now = at('2026-11-24 10:00');
    await shop.tell(sold);
    expect(wallet(shop)).toBe(0);
  });

  test('earns nothing of a draft, but what the campaign says of the time before it was made active', async () => {
    for (const [from, fen] of [
      [null, 0],
      ['2026-11-01T00:00:00+08:00', 300],
    ] as const) {
      const shop = await openShop({ campaigns: [packet(300, { ...started, status: 'draft' })] });
      await change(shop, '2026-11-22 08:00', 300, { version: 2, from });
      shop.clock.now = at('2026-11-24 10:00');
      await shop.tell(sold);
      expect([from, wallet(shop)]).toEqual([from, fen]);
    }
  });
});

describe('what was decided once stays so', () => {
  const early = { inForceFrom: at('2026-11-20 09:00'), from: '2026-11-01T00:00:00+08:00' };

  test('a sale rewarded by the campaign’s own beginning keeps its packet when that is taken out, until it comes back', async () => {
    const shop = await openShop({ campaigns: [packet(300, early)] });
    await shop.tell(buy('2026-11-05 10:00'));
    await change(shop, '2026-11-23 08:00', 900, { version: 2, from: null });
    shop.clock.now = at('2026-11-24 10:00');
    await shop.tell(buy('2026-11-05 10:00', { version: '2', lines: [line({ amountFen: 21_000 })] }));
    expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([300, 210]);
    await shop.tell(refund({ at: '2026-11-24 09:00' }));
    expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([0, 0]);
  });

  test('a sale from before the campaign gets nothing when it is corrected after an earlier beginning was written', async () => {
    const shop = await openShop({ campaigns: [packet(300, started)] });
    await shop.tell(buy('2026-11-05 10:00'));
    await change(shop, '2026-11-23 08:00', 300, { version: 2, from: '2026-11-01T00:00:00+08:00' });
    await shop.tell(buy('2026-11-05 10:00', { version: '2', lines: [line({ amountFen: 21_000 })] }));
    expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([0, 210]);
    shop.clock.now = at('2026-11-24 08:00');
    await shop.tell(buy('2026-11-05 10:00', { orderNo: 'told-since' }));
    expect(wallet(shop)).toBe(300);
  });

  test('a card swiped late moves the sale to its buyer, with the promises of its day', async () => {
    const shop = await openShop({ campaigns: [packet(300, started)] });
    await shop.tell(buy('2026-11-20 10:00'));
    await change(shop, '2026-11-21 08:00', 900, { version: 2 });
    shop.clock.now = at('2026-11-22 15:00');
    await shop.tell(buy('2026-11-20 10:00', { version: '2', member: { externalId: 'M2' } }));
    expect([wallet(shop), balanceOf(shop.db, 'ext:pos:M2', 'wallet')]).toEqual([0, 300]);
  });
});

describe('who is a newcomer', () => {
  const welcome = {
    templates: [template('welcome', { validity: { relative: { afterDays: 0, forDays: 60 } } })],
    campaigns: [
      campaign('w', {
        trigger: 'member.created',
        rewards: [{ kind: 'coupon', templateId: 'welcome' }],
        ...started,
      }),
    ],
  };
  const member = (when: string, data: object = {}) => ({
    type: 'member.created',
    id: `m-${when}`,
    occurredAt: `${when.replace(' ', 'T')}:00+08:00`,
    data: { externalId: 'M1', ...data },
  });

  test('not who registered before the gift was promised, whether that is when it happened or what the till says of it', async () => {
    for (const told of [
      member('2024-05-01 10:00'),
      member('2026-11-22 10:00', { registeredAt: '2024-05-01T10:00:00+08:00' }),
    ]) {
      const shop = await openShop(welcome);
      await shop.tell(told);
      expect([memberRows(shop.db).length, couponRows(shop.db)]).toEqual([1, []]);
      expect(memberRows(shop.db)[0]?.createdAt).toBe(at('2024-05-01 10:00'));
    }
  });

  test('but who registered since, told a day late; and a registration in the year 1 says nothing', async () => {
    for (const told of [
      member('2026-11-21 10:00'),
      member('2026-11-21 10:00', { registeredAt: '0001-01-01T00:00:00Z' }),
    ]) {
      const shop = await openShop(welcome);
      await shop.tell(told);
      expect(couponRows(shop.db).map((coupon) => coupon.memberId)).toEqual([memberId(shop.db, 'ext:pos:M1')]);
    }
  });

  test('not who is first seen in a sale or a recharge from before', async () => {
    const shop = await openShop(welcome);
    await shop.tell(buy('2026-11-19 10:00'));
    await shop.tell(recharge({ at: '2026-11-19 10:00', member: { externalId: 'M2' } }));
    expect(couponRows(shop.db)).toEqual([]);
    // The money on the card is theirs, whenever it was put there.
    expect(balanceOf(shop.db, 'ext:pos:M2', 'principal')).toBe(50_000);
  });
});
