/** 会员折扣 and 会员价 as a till asks for them, before coupons. */
import { expect, test } from 'vitest';
import { at, campaign, line, product, sale, template } from '../../support/builders.ts';
import { couponRows } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const member = { externalId: 'M1', phone: '13912345487' };
const levels = { list: [{ name: '普通' }, { name: '高级', amountFen: 100_000, payPercent: 90 }] };
const open = async (settings: object, setup: object = {}): Promise<Office> => {
  const office = await openOffice({
    now: '2026-11-22 15:00',
    settings: settings as never,
    products: [product(), product({ sku: 'linseed', categoryPath: [{ id: '07', name: '油' }] })],
    ...setup,
  });
  await office.shop.tell(sale({ member, lines: [line({ amountFen: 100_000 })] }));
  return office;
};
const ask = async ({ pos }: Office, lines: readonly object[], more: object = {}): Promise<Json> =>
  (await pos('POST', '/quotes', { body: { store: '8005', member, lines, ...more } })).json;

test('T-02, G-22: 高级 pays 90 of 100 yuan; somebody unknown pays 100', async () => {
  const office = await open({ levels });
  const goods = [line({ amountFen: 10_000, lineNo: '1' })];
  expect(await ask(office, goods)).toMatchObject({
    level: '高级',
    memberOffFen: 1_000,
    memberDiscounts: [{ lineNo: '1', offFen: 1_000, name: '高级' }],
    payableFen: 9_000,
  });
  expect(await ask(office, goods, { member: null })).toMatchObject({ level: null, payableFen: 10_000 });
});

test('the discount comes first: a coupon of 10 yuan from 100 does nothing for 110 at 9折, which are 99, and takes 10 off 112, which are 100.80', async () => {
  const gift = template('T1', { name: '满100减10', valueFen: 1_000, minSpendFen: 10_000 });
  const rewards = [{ kind: 'coupon', templateId: 'T1', count: 1 }];
  const office = await open({ levels }, { templates: [gift], campaigns: [campaign('C1', { rewards })] });
  expect(couponRows(office.shop.db)).toHaveLength(1);
  expect(await ask(office, [line({ amountFen: 11_000 })])).toMatchObject({ offFen: 0, payableFen: 9_900 });
  expect(await ask(office, [line({ amountFen: 11_200 })])).toMatchObject({
    memberOffFen: 1_120,
    offFen: 1_000,
    payableFen: 9_080,
  });
});

test('A-11: oil is 50 yuan a piece for members from 14 to 18 o’clock until 11-23; not after, and not beside the level’s discount', async () => {
  const oil = {
    name: '下午茶油',
    scope: { include: [{ kind: 'category', ids: ['07'] }], exclude: [] },
    priceFen: 5_000,
    toOn: '2026-11-23',
    fromHour: 14,
    toHour: 18,
  };
  const office = await open({ levels, memberPrices: [oil] });
  const goods = [
    line({ sku: 'linseed', quantity: '2', amountFen: 16_000, lineNo: '1' }),
    line({ sku: 'milk', amountFen: 10_000, lineNo: '2' }),
  ];
  const seen = [];
  for (const moment of ['2026-11-22 15:00', '2026-11-22 18:00', '2026-11-23 14:00', '2026-11-24 15:00']) {
    office.shop.clock.now = at(moment);
    seen.push((await ask(office, goods))['memberDiscounts']);
  }
  const milk = { lineNo: '2', offFen: 1_000, name: '高级' };
  const cheap = [{ lineNo: '1', offFen: 6_000, name: '下午茶油' }, milk];
  const usual = [{ lineNo: '1', offFen: 1_600, name: '高级' }, milk];
  expect(seen).toEqual([cheap, usual, cheap, usual]);
});
