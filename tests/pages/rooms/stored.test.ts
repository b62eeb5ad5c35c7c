/** 我的储值 and 我的积分 on her phone: what there is, what it is good for, and the rows that it is the sum of. */
import { expect, test } from 'vitest';
import { campaign, line, recharge, refund, sale } from '../../support/builders.ts';
import { at } from '../../support/builders.ts';
import { withSms, type Answered } from '../support.ts';
import { figureIn, mother, openHouse, sum, type House } from './support.ts';

const storedValue = {
  ceilingPercent: 10,
  spendFirst: 'in-proportion',
  plans: [{ name: '充100得300', paidFen: 10_000, principalFen: 10_000, bonusFen: 20_000 }],
};

async function withCard(): Promise<House> {
  const house = await openHouse({ settings: { ...withSms, storedValue } as never });
  await house.shop.tell(
    sale({ member: mother }),
    recharge({ member: mother, principalFen: 10_000, bonusFen: 20_000 }),
  );
  return house;
}

const spend = (house: House, spendNo: string, amountFen: number): Promise<unknown> =>
  house.admin('POST', `/members/${house.id()}/stored-value/spends`, {
    body: { spendNo, payableFen: amountFen * 10, amountFen, store: '8005' },
  });

test('says how much of a bill it may pay, what is spent first, and what the shop offers', async () => {
  const house = await withCard();
  const page = await house.page('/m/stored');
  expect(page).toContain('每次最多用这单用券以后金额的 10%，比如 200 元最多用 20 元。');
  expect(page).toContain('本金和赠送按比例一起用');
  expect(page).toContain('充100得300：付 100 元，到账本金 100 元、赠送 200 元');
});

test('a movement of both parts is one row; 30 out of 300 is 10 of the principal and 20 of the gift', async () => {
  const house = await withCard();
  await spend(house, 'S1', 3_000);
  const page = await house.phone.get('/m/stored');
  expect(figureIn(page.text, 'stored')).toBe('270');
  expect(await house.page('/m/stored')).toContain(
    '花储值 11月22日 15:00 本金 −10，赠送 −20 −30 余 270 储值充值 11月22日 14:00 本金 +100，赠送 +200 +300 余 300',
  );
});

test('thirty spendings are two pages, each movement is on one of them, and the balances go down to what is left', async () => {
  const house = await withCard();
  for (let time = 0; time < 30; time += 1) await spend(house, `S${String(time)}`, 300);
  const shown: string[] = [];
  for (let path: string | undefined = '/m/stored'; path !== undefined;) {
    const { text }: Answered = await house.phone.get(path);
    shown.push(...[...text.matchAll(/余 ([\d.]+)/g)].map(([, after = '']) => after));
    path = /href="(\/m\/stored\?before=[\d-]+)"/.exec(text)?.[1];
  }
  expect(shown).toEqual(Array.from({ length: 31 }, (_, place) => String(210 + place * 3)));
});

test('points: what can be spent, what waits until when, what ends in which month, and every row with its cause', async () => {
  const points = { expiry: { mode: 'months', months: 12 }, pendingDays: 7 };
  const house = await openHouse({
    now: '2026-11-02 10:00',
    settings: { ...withSms, points } as never,
    campaigns: [campaign('满188送100分')],
  });
  const bought = (orderNo: string, when: string, amountFen: number) =>
    sale({ orderNo, member: mother, at: when, lines: [line({ amountFen })] });
  await house.shop.tell(bought('A', '2026-11-01 09:00', 10_000));
  house.shop.clock.now = at('2026-11-05 12:00');
  await house.shop.tell(bought('B', '2026-11-05 11:00', 20_000));
  house.shop.clock.now = at('2026-11-08 12:00');
  await house.shop.tell(bought('C', '2026-11-08 11:00', 5_000));
  const page = await house.page('/m/points');
  expect(page).toContain('现在可以用 100 另有 350 待到账，还不能用');
  expect(page).toContain('待到账 300 积分，11月12日可以用 50 积分，11月15日可以用');
  expect(page).toContain('积分有效期 450 积分，2027年11月1日至8日到期');
  expect(page).toContain('满188送100分（消费） 11月5日 11:00 单号 B +100 余 400');
  await house.shop.tell(refund({ orderNo: 'B', at: '2026-11-08 11:30' }));
  expect(await house.page('/m/points')).toContain('累计得到 450，用掉、退货收回和到期 300');
  const rows = await house.rows('points');
  expect(sum(rows.map(({ delta }) => delta))).toBe(150);
});
