/** 查一笔单: what a customer asks at the counter about her receipt, answered by whoever stands there. */
import { beforeAll, describe, expect, test } from 'vitest';
import { line, sale } from '../../support/builders.ts';
import { words, type Visitor } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const member = { phone: '13912345487', name: '李女士' };
let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
  await opened.shop.tell(
    sale({ orderNo: '8005-372', member: null, lines: [line({ name: '二段奶粉' })] }),
    sale({ orderNo: '8005-3721', member }),
    sale({ orderNo: '8005-373', member: { phone: '1391234548', name: '李女士' } }),
    { ...sale({ orderNo: '8005-999' }), data: { orderNo: '8005-999' } },
  );
});
const find = async (order: string, by: Visitor = opened.owner): Promise<string> =>
  words(await by.get(`/console/receipts?order=${encodeURIComponent(order)}`));
const hired = async (role: 'manager' | 'cashier', ...storeIds: string[]) =>
  signInAs(opened, await employ(opened, role, { storeIds }));

describe('“昨天 8005-372 那单为什么没积分”', () => {
  test('nobody was named: it says so, and what to do', async () => {
    const page = await find('8005-372');
    expect(page).toContain('没有积分：这一单没有记会员');
    expect(page).toMatch(/会员 没有记会员 .*消费积分 0 分/);
    expect(page).toContain('二段奶粉');
  });

  test('a phone that cannot be read is told of beside it', async () => {
    expect(await find('8005-373')).toMatch(/没有记会员.*不是完整的 11 位手机号/);
  });

  test('one that earned names its buyer and its points, and gives no reason', async () => {
    const page = await find('8005-3721');
    expect(page).toMatch(/会员 李女士 .*消费积分 [1-9]/);
    expect(page).not.toContain('没有积分');
  });

  test('by how its number begins all are found; in full it means one', async () => {
    expect(await find('8005-37')).toMatch(/以这几位开头的单.*8005-372 .*8005-3721 .*8005-373 /);
    expect(await find('8005-372')).not.toContain('8005-3721');
  });

  test('what never became a sale is found with its reason; what never came is said to be missing', async () => {
    expect(await find('8005-999')).toMatch(/还没有记上.*要人看/);
    expect(await find('8005-444')).toContain('没有收到这个单号');
    expect(await find("8005-37' OR 1")).toContain('没有收到这个单号');
  });

  test('a manager and a cashier find those of their store, and nothing of another', async () => {
    for (const role of ['manager', 'cashier'] as const) {
      const page = await find('8005-372', await hired(role, '8005'));
      expect(page).toContain('这一单没有记会员');
      // What was received is for whoever looks after the till.
      expect(page).not.toContain('全部事件');
      const elsewhere = await hired(role, '8006');
      for (const order of ['8005-372', '8005-999'])
        expect(await find(order, elsewhere)).toContain('没有收到这个单号');
    }
    const cashier = await hired('cashier', '8005');
    const { text } = await cashier.get('/console/receipts?order=8005-3721');
    expect(text).not.toContain('13912345487');
    expect(text).not.toContain('/console/events');
    expect(words(await cashier.get('/console/'))).toContain('查一笔单');
  });

  test('of two shops whose tills print one number each is opened, and each tells of its own alone', async () => {
    const chain = await openConsole({ config: { numbering: 'per-store' } });
    await chain.shop.tell(
      sale({ id: 'a', orderNo: '0001', store: '8005', member: null }),
      sale({ id: 'b', orderNo: '0001', store: '8006', member }),
    );
    const both = await chain.owner.get('/console/receipts?order=0001');
    const links = [...both.text.matchAll(/href="([^"]*order=0001[^"]*)"/g)].map(([, href = '']) => href);
    expect(links).toHaveLength(2);
    for (const [place, buyer] of ['李女士', '没有记会员'].entries()) {
      const page = words(await chain.owner.get((links[place] ?? '').replaceAll('&amp;', '&')));
      expect(page).toMatch(new RegExp(`会员 ${buyer} .* 1 条`));
    }
    const manager = await signInAs(chain, await employ(chain, 'manager', { storeIds: ['8005'] }));
    const page = words(await manager.get('/console/receipts?order=0001'));
    expect(page).toMatch(/这一单没有记会员.* 1 条/);
  });

  test('a number that begins again each day is found of late: her store’s twenty newest, whatever else has it', async () => {
    const chain = await openConsole({ config: { numbering: 'per-store-day' } });
    const days = Array.from({ length: 25 }, (_, day) => String(day + 1).padStart(2, '0'));
    await chain.shop.tell(
      ...days.flatMap((day) =>
        ['8005', '8006'].map((store) =>
          sale({ id: `${store}-${day}`, orderNo: '0001', store, at: `2026-10-${day} 10:00`, member: null }),
        ),
      ),
    );
    const manager = await signInAs(chain, await employ(chain, 'manager', { storeIds: ['8006'] }));
    const page = words(await manager.get('/console/receipts?order=0001'));
    expect(page).toContain('这个单号不止一张');
    const shown = [...page.matchAll(/10-(\d\d) 10:00/g)].map(([, day]) => day);
    expect(shown).toEqual(days.slice(-20).toReversed());
  });

  test.each([
    `t.id >= n.namespace || ':x' AND t.id < n.namespace || ':x~'`,
    `(t.id = n.namespace || ':x' OR (t.id >= n.namespace || ':x@' AND t.id < n.namespace || ':xA'))`,
  ])('is looked for by the index of numbers: %s', (which) => {
    const steps = opened.shop.db
      .all(
        `EXPLAIN QUERY PLAN SELECT t.seq FROM (SELECT 'erp' AS namespace UNION SELECT namespace FROM sources) AS n
         CROSS JOIN sales AS t ON ${which} LIMIT 4000`,
      )
      .map(({ detail }) => String(detail));
    expect(steps.join()).toMatch(/SEARCH t USING (COVERING )?INDEX sales_id/);
    expect(steps.join()).not.toMatch(/SCAN t/);
  });
});
