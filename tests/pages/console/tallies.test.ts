/** 券的成绩 in the console: a coupon by its campaigns, a campaign by its coupons (K-74). */
import { beforeEach, expect, test } from 'vitest';
import { addTallies } from '../../../workers/db/coupons/tallies.ts';
import type { TemplateId } from '../../../schema/index.ts';
import { campaign, template } from '../../support/builders.ts';
import { gaveCoupons } from '../../support/tallies.ts';
import { words } from '../support.ts';
import { openConsole, type Console } from './support.ts';

let opened: Console;
const page = async (path: string): Promise<string> => words(await opened.owner.get(path));

/** What the case books of one campaign: 15 and 1,721 sent, 1 and 278 used. */
beforeEach(async () => {
  opened = await openConsole({
    templates: [
      template('T1', { name: '满88减8', minSpendFen: 8_800, valueFen: 800, perMember: 2 }),
      template('T2', { name: '满188减20' }),
    ],
    campaigns: [campaign('C1', { name: '整单满' })],
  });
  await opened.shop.db.batch([
    gaveCoupons('C1', { T1: [15, 1, 1], T2: [1_721, 34, 278] }),
    addTallies([{ templateId: 'T1' as TemplateId, sent: 4, revoked: 0, used: 2 }]),
  ]);
});

test('a campaign tells coupon by coupon what was sent, revoked and used, and the rate of all that were sent', async () => {
  const shown = await page('/console/campaigns/C1');
  expect(shown).toContain('满188减20 1,721 34 278 16.15% 满88减8 15 1 1 6.67%');
  expect((await opened.owner.get('/console/campaigns/C1')).text).toContain('href="/console/coupons/T1"');
});

test('a coupon has a page of its own: what it promises, its limits, and what each campaign made of it', async () => {
  expect((await opened.owner.get('/console/coupons')).text).toContain('href="/console/coupons/T1"');
  const shown = await page('/console/coupons/T1');
  expect(shown).toMatch(/种类 \S+ 8元 门槛 满 88 元可用/);
  expect(shown).toContain('每人最多 2 张');
  expect(shown).toContain('发出 19 张 收回 1 张 用掉 3 张 有效率（用掉 ÷ 发出） 15.79%');
  expect(shown).toContain('整单满 15 1 1 6.67% 不是活动发的：手工发、领取或导购发 4 0 2 50%');
  expect((await opened.owner.get('/console/coupons/nothing')).status).toBe(404);
});
