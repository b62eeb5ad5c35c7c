/** 核销记录: what was used, by day and store, with what it took off; a manager sees her stores only. */
import { beforeEach, describe, expect, test } from 'vitest';
import { line, refund, sale } from '../../support/builders.ts';
import { fieldsFor, openCounter, type Counter } from '../counter-support.ts';
import { words } from '../support.ts';
import { employ, signInAs } from './support.ts';

let counter: Counter;
const at = (path: string, by = counter.owner) => by.get(path);
const list = async (query = '', by = counter.owner): Promise<string> =>
  words(await at(`/console/redemptions?from=2026-11-20&to=2026-11-30${query}`, by));
const csv = async (query = '', by = counter.owner): Promise<string[]> =>
  (await counter.send(`/console/redemptions/csv?from=2026-11-20&to=2026-11-30${query}`, {}, by)).text
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n')
    .slice(1);
const buys = (orderNo: string, store: string, code: string, when = '2026-11-22 15:10') =>
  counter.shop.tell(
    sale({
      orderNo,
      at: when,
      store,
      member: { externalId: 'M1' },
      couponCodes: [code],
      paidFen: 9_500,
      lines: [line({ amountFen: 10_000 })],
    }),
  );

/** 甲 on a receipt of 天河店, 乙 at its counter by 小赵, 丙 the next day in 越秀店. */
beforeEach(async () => {
  counter = await openCounter({
    甲: { name: '五元券', valueFen: 500 },
    乙: { name: '三元券', valueFen: 300 },
    丙: { name: '=1+1', valueFen: 200 },
  });
  const { code, cashier } = counter;
  await buys('R1', '8005', code['甲'] ?? '');
  const looked = await counter.at({ act: 'look', code: '5487', amount: '100' });
  await cashier.post('/console/redeem', fieldsFor(looked, code['乙'] ?? ''));
  counter.shop.clock.now += 86_400_000;
  await buys('R3', '8006', code['丙'] ?? '', '2026-11-23 10:00');
});

describe('the list', () => {
  test('adds up three coupons over two days and two stores: 10 yuan', async () => {
    const page = await list();
    expect(page).toContain('核销 3 张 实际减了 10 元');
    expect(page).toMatch(/2026-11-23 越秀店 1 0 2 2026-11-22 天河店 2 0 8/);
    expect(page).toMatch(
      /=1\+1 王秀英 越秀店 2 R3 随小票.*五元券 王秀英 天河店 5 R1 随小票.*三元券 王秀英 天河店 3 小赵/s,
    );
  });

  test('is asked by day, store, coupon and who did it, and its sums with it', async () => {
    const sums = await Promise.all(
      [
        '&store=8005',
        '&template=%E7%94%B2',
        '&by=%E5%B0%8F%E8%B5%B5',
        '&by=-',
        '&store=8006&by=%E5%B0%8F%E8%B5%B5',
      ].map(async (query) => /核销 (\d+) 张 实际减了 (\d+) 元/.exec(await list(query))?.slice(1)),
    );
    expect(sums).toEqual([
      ['2', '8'],
      ['1', '5'],
      ['1', '3'],
      ['2', '7'],
      ['0', '0'],
    ]);
    const day = words(await at('/console/redemptions?from=2026-11-23&to=2026-11-23'));
    expect(day).toContain('核销 1 张 实际减了 2 元');
    expect(day).not.toContain('五元券 王秀英');
  });

  test('says what came back, and takes it out of the money', async () => {
    await counter.shop.tell(refund({ orderNo: 'R1', at: '2026-11-23 11:00' }));
    const page = await list();
    expect(page).toContain('核销 3 张 后来退回 1 张 实际减了 5 元');
    expect(page).toMatch(/五元券 王秀英 天河店 5 .*随小票 退回了/);
  });

  test('a week is shown unasked; nonsense is a week as well, and a year ends after 92 days', async () => {
    for (const path of ['/console/redemptions', '/console/redemptions?from=x&to=2026-13-99'])
      expect(words(await at(path))).toContain('核销 3 张');
    const year = await at('/console/redemptions?from=2026-01-01&to=2026-12-31');
    expect(year.text).toContain('value="2026-04-02"');
  });

  test('a manager sees the uses of her stores, also when she asks for another; a cashier has no such page', async () => {
    const manager = await signInAs(counter, await employ(counter, 'manager', { storeIds: ['8006'] }));
    expect(await list('', manager)).toContain('核销 1 张 实际减了 2 元');
    expect(await list('&store=8005', manager)).toContain('核销 0 张');
    // The member is 天河店’s: her page is not this manager’s to open.
    expect(await list('', manager)).toContain('别店的会员');
    expect(await csv('', manager)).toHaveLength(1);
    expect((await at('/console/redemptions', counter.cashier)).status).toBe(403);
  });
});

test('each row opens the coupon’s life and its receipt, and these open the list again', async () => {
  const page = await at('/console/redemptions?from=2026-11-22&to=2026-11-22');
  expect(page.text).toContain('href="/console/receipts?order=R1"');
  const [, life = ''] = /href="(\/console\/members\/[^"]+\/coupons\/[^"]+)"/.exec(page.text) ?? [];
  expect((await at(life)).text).toMatch(
    /\/console\/redemptions\?from=2026-11-22&amp;to=2026-11-22&amp;template=/,
  );
  const [event] = counter.shop.db.all(`SELECT id FROM inbox WHERE body LIKE '%"R1"%'`);
  const told = await at(`/console/events/${String(event?.['id'])}`);
  expect(words(told)).toMatch(/用了哪些券 1 张 .*五元券 5/);
});

test('the table for Excel holds what the list holds, is nothing to reckon with, and leaves a line in the audit', async () => {
  await counter.shop.tell(refund({ orderNo: 'R1', at: '2026-11-23 11:00' }));
  const [first = '', second = '', third = ''] = await csv();
  expect(first).toMatch(/^11-23 10:00,'=1\+1,[0-9A-Z]+,m_\w+,越秀店,2,R3,随小票,$/);
  expect(third).toMatch(/,三元券,[0-9A-Z]+,m_\w+,天河店,3,,小赵,$/);
  // Its code is good again, and nobody’s to read here.
  expect(second).toMatch(/,五元券,,m_\w+,天河店,5,R1,随小票,退回了$/);
  expect(await csv('&store=8006')).toHaveLength(1);
  expect(
    counter.shop.db.all(
      `SELECT subject, after ->> 'store' AS store FROM audit_rows WHERE act = 'list.export'`,
    ),
  ).toEqual([
    { subject: '核销记录', store: null },
    { subject: '核销记录', store: '8006' },
  ]);
});
