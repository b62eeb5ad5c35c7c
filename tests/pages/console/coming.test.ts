/** 这周谁的奶粉快喝完了, and what a customer would hear: asked by a click, found by an index, and nothing is sent. */
import { describe, expect, test } from 'vitest';
import { plan, sale } from '../../support/builders.ts';
import { MerchantSettings } from '../../../schema/index.ts';
import { outboxRows } from '../../support/shop.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs } from './support.ts';

describe('“这周谁的奶粉快喝完了”', () => {
  const member = { externalId: 'L', phone: '13912345487', name: '李女士' };

  test('she who bought one tin of seven days stands there with its name and the day, and nobody else', async () => {
    const { shop, owner } = await openConsole({ plans: [plan('奶粉', { remindBeforeDays: 2 })] });
    await shop.tell(
      sale({ orderNo: 'A1', member, at: '2026-11-22 10:00' }),
      sale({ orderNo: 'A2', member: { phone: '13866309097', name: '王女士' }, at: '2026-11-01 10:00' }),
    );
    const page = words(await owner.get('/console/coming'));
    expect(page).toMatch(/李女士 13912345487 milk 大约 2026-11-29 用完/);
    expect(page).not.toContain('王女士');
  });

  test('a manager of another store sees none of them; after a return she is not due any more', async () => {
    const opened = await openConsole({ plans: [plan('奶粉', { remindBeforeDays: 2 })] });
    await opened.shop.tell(sale({ orderNo: 'A1', member, at: '2026-11-22 10:00' }));
    const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['elsewhere'] }));
    expect(words(await manager.get('/console/coming'))).not.toContain('李女士');
    await opened.shop.tell({
      type: 'sale.voided',
      id: 'v',
      occurredAt: '2026-11-22T14:00:00+08:00',
      data: { orderNo: 'A1' },
    });
    expect(words(await opened.owner.get('/console/coming'))).not.toContain('李女士');
  });

  test('is read by the index of moments, however many there are', async () => {
    const { shop } = await openConsole();
    const steps = shop.db
      .all(
        `EXPLAIN QUERY PLAN SELECT * FROM due AS d WHERE (d.send_at, d.set_at, d.member_id, d.plan_id, d.subject) > (1, 0, '', '', '')
         AND d.send_at < 2 ORDER BY d.send_at, d.set_at, d.member_id, d.plan_id, d.subject LIMIT 50`,
      )
      .map(({ detail }) => String(detail));
    expect(steps.join()).toMatch(/SEARCH d USING PRIMARY KEY/);
    expect(steps.join()).not.toContain('TEMP B-TREE');
  });
});

test('“说 WiFi 会怎么回”: the keyword’s answer is shown, and nothing goes out', async () => {
  const settings = MerchantSettings.parse({
    wechat: { keywords: [{ match: 'exact', words: ['WiFi'], reply: '密码是 88888888' }] },
  });
  const { send, shop } = await openConsole({ settings });
  const page = words(await send('/console/talks/try', { text: 'ｗｉｆｉ' }));
  expect(page).toContain('关键词自动回复');
  expect(page).toContain('密码是 88888888');
  expect(outboxRows(shop.db)).toEqual([]);
});
