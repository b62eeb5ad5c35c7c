/** 过期券: a coupon that would be over when it is given is not given, takes no place and no budget, and leaves the room to what comes next. */
import { describe, expect, test } from 'vitest';
import { at, campaign, line, sale, spend, template } from '../../support/builders.ts';
import { balanceOf, couponRows, grantRows, openShop, type Shop } from '../../support/shop.ts';

type Validity = NonNullable<NonNullable<Parameters<typeof template>[1]>['validity']>;

const fixed = (to: string) => ({ fixed: { from: '2026-10-01T00:00:00+08:00', to } });
const days = (forDays: number) => ({ relative: { afterDays: 0, forDays } });
const coupon = (templateId: string) => ({ kind: 'coupon', templateId, count: 1 });
const buy = (orderNo: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({ orderNo, lines: [line({ amountFen: 6_000 })], ...given });

const giving = (validity: Validity, now = '2026-11-22 15:00') =>
  openShop({
    now,
    templates: [template('券', { validity, valueFen: 1_000, stock: 5 })],
    campaigns: [
      campaign('一档', {
        conditions: [spend(5_000)],
        group: 'g',
        limits: { total: 5, budgetFen: 10_000 },
        inForceFrom: at('2026-09-01 00:00'),
        rewards: [coupon('券')],
      }),
      campaign('二档', {
        conditions: [spend(5_000)],
        group: 'g',
        inForceFrom: at('2026-09-01 00:00'),
        rewards: [{ kind: 'points', points: 55 }],
      }),
    ],
  });

const used = ({ db }: Shop) =>
  db.all(
    'SELECT campaign_id AS id, used, spent_fen AS fen FROM campaign_counters WHERE used > 0 ORDER BY id',
  );
const stockUsed = ({ db }: Shop) => db.all('SELECT issued FROM coupon_template_counters');

describe('a campaign that is still on, with a coupon whose last day has passed', () => {
  test('gives no coupon, counts nothing, and the next tier gives its 55 points', async () => {
    const shop = await giving(fixed('2026-10-31T23:59:59+08:00'));
    await shop.tell(buy('1', { at: '2026-11-22 14:00' }));
    expect(couponRows(shop.db)).toEqual([]);
    expect(stockUsed(shop)).toEqual([{ issued: 0 }]);
    expect(used(shop)).toEqual([{ id: '二档', used: 1, fen: 0 }]);
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(115);
  });
});

test('a coupon ends with its last millisecond: until then it is given, from then on it is not', async () => {
  const end = '2026-11-22T15:00:00+08:00';
  const [before, after] = [await giving(fixed(end)), await giving(fixed(end))];
  before.clock.now -= 1;
  for (const shop of [before, after]) await shop.tell(buy('1', { at: '2026-11-22 14:00' }));
  expect([couponRows(before.db).length, couponRows(after.db).length]).toEqual([1, 0]);
});

test('a sale told twenty days late does not give a coupon of seven days, which ran out at home', async () => {
  const shop = await giving(days(7));
  await shop.tell(buy('late', { at: '2026-11-02 14:00' }), buy('today', { at: '2026-11-22 14:00' }));
  expect(couponRows(shop.db).map(({ saleId }) => saleId)).toEqual(['pos:today']);
});

test('a coupon that was given and has run out stays the grant of its sale when the sale is told again', async () => {
  const shop = await giving(days(7));
  await shop.tell(buy('1', { at: '2026-11-22 14:00' }));
  shop.clock.now = at('2026-12-20 09:00');
  await shop.tell(buy('1', { at: '2026-11-22 14:00', version: '2', lines: [line({ amountFen: 7_000 })] }));
  expect(couponRows(shop.db)).toHaveLength(1);
  expect(
    grantRows(shop.db)
      .filter(({ times }) => times > 0)
      .map(({ campaignId }) => campaignId),
  ).toEqual(['一档']);
});
