/** 优惠券: from when and until when (K-07, Q-2). */
import { describe, expect, test } from 'vitest';
import { couponCostFen, couponWorthFen, validityWindow } from '../../../workers/decide/coupons/coupons.ts';
import { at, campaign, sale, spend, template } from '../../support/builders.ts';
import { couponRows, openShop } from '../../support/shop.ts';

const shanghai = 'Asia/Shanghai';
const relative = (afterDays: number, forDays: number) => ({ relative: { afterDays, forDays } });
const claimedAt = at('2026-11-01 10:00');

describe('claimed on 2026-11-01 at 10:00', () => {
  test.each([
    ['the 5 yuan coupon, valid 7 days', '2026-11-01 10:00', '2026-11-08 00:00', relative(0, 7)],
    [
      'the 8 yuan coupon, usable after 7 days, then valid 7',
      '2026-11-08 00:00',
      '2026-11-15 00:00',
      relative(7, 7),
    ],
    [
      'the 10 yuan coupon, usable after 14 days, then valid 20',
      '2026-11-15 00:00',
      '2026-12-05 00:00',
      relative(14, 20),
    ],
  ])('%s, runs from %s to %s', (_, from, to, validity) => {
    expect(validityWindow(validity, claimedAt, shanghai)).toEqual({ validFrom: at(from), validTo: at(to) });
  });
});

test('a coupon claimed in the last second of a day counts that day as its first', () => {
  const lastSecond = at('2026-11-01 23:59') + 59_000;
  expect(validityWindow(relative(0, 1), lastSecond, shanghai)).toEqual({
    validFrom: lastSecond,
    validTo: at('2026-11-02 00:00'),
  });
});

test('days are the store’s: in Urumqi midnight comes two hours later', () => {
  expect(validityWindow(relative(1, 1), at('2026-11-02 01:00'), 'Asia/Urumqi')).toEqual({
    validFrom: at('2026-11-02 02:00'),
    validTo: at('2026-11-03 02:00'),
  });
});

test('a fixed window is what it says, whenever the coupon is claimed', () => {
  const fixed = { fixed: { from: '2026-06-18T00:00:00+08:00', to: '2026-06-19T00:00:00+08:00' } };
  expect(validityWindow(fixed, claimedAt, shanghai)).toEqual({
    validFrom: at('2026-06-18 00:00'),
    validTo: at('2026-06-19 00:00'),
  });
});

describe('what a coupon costs the shop, and what it is worth to the member', () => {
  test.each([
    ['15 yuan off: both are its value', { valueFen: 1500 }, 1500, 1500],
    ['15 yuan off, of which a brand pays 10', { valueFen: 1500, faceCostFen: 500 }, 500, 1500],
    ['9折 up to 20 yuan', { kind: 'percent', payBps: 9000, maxOffFen: 2000 }, 2000, 2000],
    ['9折 without an end: nobody knows', { kind: 'percent', payBps: 9000 }, null, null],
    ['9折 that costs about 8 yuan', { kind: 'percent', payBps: 9000, faceCostFen: 800 }, 800, 800],
    ['a gift: nobody knows', { kind: 'gift' }, null, null],
    ['a gift bought for 30 yuan', { kind: 'gift', faceCostFen: 3000 }, 3000, 3000],
    ['a swim of 60 yuan', { kind: 'experience', faceCostFen: 6000 }, 6000, 6000],
    ['free postage of 8 yuan', { kind: 'shipping', faceCostFen: 800 }, 800, 800],
    ['a partner’s coupon that costs nothing', { kind: 'partner', faceCostFen: 0 }, 0, 0],
  ] as const)('%s', (id, given, cost, worth) => {
    const { definition } = template(id, given);
    expect([couponCostFen(definition), couponWorthFen(definition)]).toEqual([cost, worth]);
  });
});

test('三张新人券 given at registration keep their three windows (K-07)', async () => {
  const gifts = [
    template('5', { valueFen: 500, validity: relative(0, 7) }),
    template('8', { valueFen: 800, minSpendFen: 8_000, validity: relative(7, 7) }),
    template('10', { valueFen: 1_000, minSpendFen: 17_000, validity: relative(14, 20) }),
  ];
  const rewards = gifts.map(({ id }) => ({ kind: 'coupon', templateId: id, count: 1 }));
  const shop = await openShop({
    now: '2026-11-02 10:00',
    templates: gifts,
    campaigns: [campaign('welcome', { trigger: 'member.created', rewards })],
  });
  await shop.tell(sale({ at: '2026-11-01 10:00' }));
  await shop.tell(sale({ orderNo: '2', at: '2026-11-02 10:00' }));
  const windows = couponRows(shop.db).map(({ templateId, validFrom, validTo }) => [
    templateId,
    validFrom,
    validTo,
  ]);
  expect(windows.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
    ['10', at('2026-11-15 00:00'), at('2026-12-05 00:00')],
    ['5', at('2026-11-01 10:00'), at('2026-11-08 00:00')],
    ['8', at('2026-11-08 00:00'), at('2026-11-15 00:00')],
  ]);
});

test('codes of one moment begin alike, those of the next one follow them, and ten characters of each are chance', async () => {
  const shop = await openShop({
    templates: [template('券')],
    campaigns: [
      campaign('gift', {
        conditions: [spend(100)],
        rewards: [{ kind: 'coupon', templateId: '券', count: 1 }],
      }),
    ],
  });
  const bought = (orderNo: string, time: string) =>
    sale({ orderNo, at: `2026-11-22 ${time}`, member: { externalId: orderNo } });
  await shop.tell(bought('a', '14:59'), bought('b', '14:59'), bought('c', '15:00'));
  const codes = couponRows(shop.db).map(({ id }) => id);
  const beginnings = codes.map((code) => code.slice(0, 4));
  expect(beginnings).toEqual(['2JAT', '2JAT', '2JBR']);
  expect(new Set(codes.map((code) => code.slice(4))).size).toBe(3);
  expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{14}$/.test(code))).toBe(true);
});
