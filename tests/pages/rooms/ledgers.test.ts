/** 会员中心 and the API after a story: whoever asks where, the numbers are those of the ledgers. */
import { expect, test } from 'vitest';
import { ExchangeItemId, ExchangeItemInput } from '../../../schema/index.ts';
import { insertItem } from '../../../workers/db/points/exchange-items.ts';
import { campaign, line, recharge, refund, sale, template } from '../../support/builders.ts';
import { couponRows, ledgerFaults } from '../../support/shop.ts';
import type { Json } from '../../api/support.ts';
import { figureIn, mother, openHouse, sum, type House } from './support.ts';

const setup = {
  templates: [template('满80减8', { minSpendFen: 8_000 }), template('68元券', { valueFen: 6_800 })],
  campaigns: [
    campaign('满188送100分'),
    campaign('首单', {
      conditions: [],
      rewards: [
        { kind: 'coupon', templateId: '满80减8', count: 2 },
        { kind: 'red-packet', minFen: 1_325, maxFen: 1_325 },
      ],
      limits: { perMember: 1 },
    }),
  ],
};

/** Buys, buys with a coupon, brings half of it back, tops up, spends of it, and exchanges points. */
async function story(house: House): Promise<void> {
  const { shop } = house;
  const bought = (orderNo: string, amountFen: number, given: object = {}) =>
    sale({ orderNo, member: mother, lines: [line({ amountFen })], ...given });
  await shop.tell(bought('A', 20_000));
  const [coupon] = couponRows(shop.db);
  const two = [
    line({ lineNo: '1', amountFen: 29_200 }),
    line({ lineNo: '2', sku: 'diapers', amountFen: 10_000 }),
  ];
  await shop.tell(bought('B', 0, { lines: two, couponCodes: [coupon?.id ?? ''] }));
  await shop.tell(refund({ orderNo: 'B', lines: [line({ lineNo: '1', amountFen: 29_200 })] }));
  await shop.tell(recharge({ member: mother, principalFen: 50_000, bonusFen: 5_000 }));
  const definition = ExchangeItemInput.parse({ name: '68元券', templateId: '68元券', points: 120 });
  const row = { definition, exchanged: 0, limitCount: null, createdAt: shop.clock.now };
  await shop.db.batch(insertItem({ ...row, id: ExchangeItemId.parse('x_1') }));
  const own = `/members/${house.id()}`;
  const once = { headers: { 'idempotency-key': 'k1' } };
  expect((await house.pos('POST', `${own}/exchanges`, { body: { itemId: 'x_1' }, ...once })).status).toBe(
    201,
  );
  const spent = { spendNo: 'S1', payableFen: 30_000, amountFen: 3_000, store: '8005' };
  expect((await house.admin('POST', `${own}/stored-value/spends`, { body: spent })).status).toBe(201);
}

const itemsOf = async (house: House, list: string): Promise<readonly Json[]> =>
  (await house.pos('GET', `/members/${house.id()}/${list}?limit=100`)).json['items'] as never;

const number = (text: string): number => Number(text.replaceAll(',', ''));
const fen = (text: string): number => Math.round(number(text) * 100);

test('K-11: after two sales, a return, a coupon used, an exchange and a top-up the page, the API and the ledgers say the same', async () => {
  const house = await openHouse(setup);
  await story(house);
  const [center, told] = [(await house.phone.get('/m/')).text, await house.member()];
  const total = async (account: string): Promise<number> =>
    sum((await house.rows(account)).map(({ delta }) => delta));
  const ledgers = {
    points: await total('points'),
    wallet: await total('wallet'),
    principal: await total('principal'),
    bonus: await total('bonus'),
  };
  expect(ledgers).toEqual({ points: 280, wallet: 1_325, principal: 47_000, bonus: 5_000 });
  const { wallet, principal, bonus } = ledgers;
  expect(told).toMatchObject({ points: 280, pointsPending: 0, accounts: { wallet, principal, bonus } });
  expect(Number(told['pointsEarned']) - Number(told['pointsUsed'])).toBe(280);
  expect(number(figureIn(center, 'points'))).toBe(280);
  expect(fen(figureIn(center, 'wallet'))).toBe(wallet);
  expect(fen(figureIn(center, 'stored'))).toBe(principal + bonus);
  for (const [path, account] of [
    ['/m/points', 'points'],
    ['/m/wallet', 'wallet'],
    ['/m/stored', 'stored'],
  ] as const)
    expect([path, figureIn((await house.phone.get(path)).text, account)]).toEqual([
      path,
      figureIn(center, account),
    ]);
  const coupons = (await itemsOf(house, 'coupons')).map(({ state }) => String(state)).toSorted();
  expect(coupons).toEqual(['issued', 'issued', 'used']);
  expect(figureIn(center, 'coupons')).toBe('2');
  const sales = await itemsOf(house, 'sales');
  expect(sales.map(({ orderNo, keptFen }) => [orderNo, keptFen])).toEqual([
    ['B', 10_000],
    ['A', 20_000],
  ]);
  expect(told['stats']).toMatchObject({ orders: 2, spentFen: 30_000 });
  expect(await house.page('/m/purchases')).toContain('一共 2 笔，300 元');
  expect(ledgerFaults(house.shop.db)).toEqual([]);
});
