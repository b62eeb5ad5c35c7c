/** 欠会员的账 as the office reads it: a month, an account, a store, the rows behind a number, and the table for Excel. */
import { beforeEach, expect, test } from 'vitest';
import { at, line, recharge, sale, store } from '../../support/builders.ts';
import { closeBooks } from '../../support/owed.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

let office: Console;
const path = '/console/owed?month=2026-11';
const see = async (query = '', by = office.owner): Promise<string> => words(await by.get(path + query));

/** On the 2nd 100 yuan go on a card in 8005, on the 3rd a sale of 250 in 8006 earns 250 points. */
beforeEach(async () => {
  office = await openConsole({
    now: '2026-11-02 12:00',
    stores: [
      { ...store(), name: '天河店' },
      { ...store({ id: '8006' }), name: '越秀店' },
    ],
    settings: { points: { pendingDays: 7, worthFen: 50 } } as never,
  });
  const { shop } = office;
  await shop.tell(
    recharge({
      rechargeNo: 'C1',
      at: '2026-11-02 12:00',
      member: { externalId: 'M1', name: '王秀英' },
      principalFen: 10_000,
      bonusFen: 5_000,
    } as never),
  );
  shop.clock.now = at('2026-11-03 12:00');
  await closeBooks(shop);
  await shop.tell(
    sale({
      orderNo: 'A',
      at: '2026-11-03 11:00',
      store: '8006',
      member: { externalId: 'M1' },
      lines: [line({ amountFen: 25_000 })],
    }),
  );
  shop.clock.now = at('2026-11-04 09:00');
  await closeBooks(shop);
});

test('250 points at half a yuan a hundred are 1.25, all of them waiting; with the card the shop owes 151.25', async () => {
  const page = await see();
  expect(page).toContain('已经结到 2026-11-03');
  expect(page).toContain('一共欠 151.25 元');
  expect(page).toContain('能用的积分 0 分');
  expect(page).toContain('待到账的积分 250 分');
  expect(page).toMatch(/2026-11-03 0 \+250 250 250 1\.25 2026-11-02 0 0 0 0/);
  expect(page).toMatch(/越秀店 \+250 \+250/);
  expect(await see('&account=principal')).toMatch(/2026-11-03 100 100 2026-11-02 0 \+100 100/);
});

test('behind a number stand its rows, and behind each the member’s own', async () => {
  const page = await office.owner.get(path);
  const href = /href="(\/console\/owed\/rows\?from=2026-11-03[^"]*)"/.exec(page.text)?.[1] ?? '';
  const rows = await office.owner.get(href.replaceAll('&amp;', '&'));
  expect(words(rows)).toMatch(/11-03 12:00 11-03 11:00 王秀英 \+250 越秀店 消费/);
  expect(rows.text).toMatch(/href="\/console\/members\/[^"]+\/ledger\/points"/);
});

test('a manager sees what happened in her own store, and no sum of the whole shop', async () => {
  const manager = await signInAs(office, await employ(office, 'manager', { storeIds: ['8005'] }));
  const [points, card] = [await see('', manager), await see('&account=principal', manager)];
  expect(points).not.toContain('一共欠');
  expect(points).not.toContain('250');
  expect(card).toContain('2026-11-02 +100');
  expect(await see('&store=8006', manager)).not.toContain('250');
  expect(await see('&store=-', manager)).not.toContain('250');
  const rows = '/console/owed/rows?from=2026-11-01&to=2026-11-30&account=points&move=earned';
  expect(words(await manager.get(rows))).toContain('没有明细');
});

test('in the table each day has what it began and ended with', async () => {
  const { text } = await office.send('/console/owed/csv?month=2026-11', {});
  expect(text.startsWith('入账日期,账户,单位,门店,期初,发放,')).toBe(true);
  const lines = text.trim().split('\r\n');
  expect(lines).toContain('2026-11-03,积分,分,全部门店,0,250,0,0,0,0,0,0,0,0,250,250,1.25');
  expect(lines).toContain('2026-11-03,积分,分,越秀店,,250,0,0,0,0,0,0,0,0,,,');
  expect(lines).toContain('2026-11-02,储值赠送,元,天河店,,0,50,0,0,0,0,0,0,0,,,');
});

test('an address that asks for no month or a wrong one is the month of the last day', async () => {
  for (const query of ['?month=2026-13', '?month=x&account=gold', ''])
    expect(words(await office.owner.get(`/console/owed${query}`))).toContain('一共欠 151.25 元');
  expect((await office.owner.get('/console/owed/rows?from=x&to=y&move=z')).status).toBe(404);
});

test('a till that keeps the balance itself says 70 where we have 120: the owner reads it on her first page, and in the books as a correction', async () => {
  const { shop } = office;
  await shop.db.batch([
    { sql: `UPDATE sources SET config = json_set(config, '$.keepsBalance', json('true'))`, params: [] },
  ]);
  await shop.receiver.sources.renew?.();
  await shop.tell({
    type: 'stored_value.spent',
    id: 'S1',
    occurredAt: '2026-11-04T08:30:00+08:00',
    data: {
      spendNo: 'S1',
      store: { id: '8005' },
      member: { externalId: 'M1' },
      amountFen: 3_000,
      balanceAfter: { principalFen: 2_000, bonusFen: 5_000 },
    },
  } as never);
  expect(words(await office.owner.get('/console/'))).toContain('它说 70元，这里算出来是 120元');
  shop.clock.now = at('2026-11-05 09:00');
  await closeBooks(shop);
  expect(await see('&account=principal')).toMatch(/2026-11-04 100 −30 −50 20/);
  const rows = '/console/owed/rows?from=2026-11-04&to=2026-11-04&account=principal&move=corrected';
  expect(words(await office.owner.get(rows))).toContain('王秀英 −50 天河店 按收银系统的余额更正');
});
