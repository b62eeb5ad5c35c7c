/** 收回活动 in the console: a campaign made by form and hit by the till is looked at, asked about again, taken back, and the member reads why. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { campaign, line, sale, template } from '../../support/builders.ts';
import { outboxRows, balanceOf } from '../../support/shop.ts';
import { takenBackOf, turn } from '../../support/taking-back.ts';
import { browserOf, serve } from '../served.ts';
import { logIn, signUp, withSms, words } from '../support.ts';
import { openConsole, signInAs } from './support.ts';

const mistaken = {
  templates: [template('C', { name: '满80减8' })],
  campaigns: [
    campaign('bad', {
      name: '满1元送',
      conditions: [],
      rewards: [
        { kind: 'points', points: 500 },
        { kind: 'coupon', templateId: 'C', count: 1 },
      ],
    }),
  ],
};
const path = '/console/campaigns/bad/take-back';
const sold = (orderNo: string, who = 'M1') =>
  sale({ orderNo, member: { externalId: who, name: `会员${who}` }, lines: [line()] });

describe('the page of a mistaken campaign', () => {
  test('says what was given and to whom, in a list and a file, and changes nothing before it is sure', async () => {
    const { shop, owner, send } = await openConsole(mistaken);
    await shop.tell(sold('1'), sold('2', 'M2'));
    const page = words(await owner.get(path));
    expect(page).toMatch(/会员 2 人 发出积分 1,000 分 其中还没花掉，约 1,000 分 券没用，会收回 2 张/);
    expect(page).toMatch(/会员M1 没有 单号 1 .* 500 1 0 0 /);
    // All of them stand on this page: nothing leads to one of nobody.
    expect(page).not.toContain('下一页');
    const file = await send(`${path}/csv`, {});
    expect(file.text).toContain('会员编号,称呼,手机,因为,时间,积分,券没用,券用了,红包（元）');
    expect(file.text.trim().split('\r\n').length).toBe(3);
    const fields = { reason: '条件写错了', tells: 'yes' };
    const sure = words(await send(path, fields));
    expect(sure).toContain('活动马上结束，以后不能再启用');
    expect(sure).toContain('确认收回，涉及 2 人');
    expect(shop.db.all(`SELECT 1 FROM takebacks`)).toEqual([]);
    expect((await send(path, { tells: 'yes' })).status).toBe(422);
  });

  test('after it is sure: the campaign is over, the progress is shown, a second start is refused in words, and it stands in the audit', async () => {
    const { shop, owner, send } = await openConsole(mistaken);
    await shop.tell(sold('1'), sold('2', 'M2'));
    const fields = { reason: '条件写错了', tells: 'yes', sure: 'yes' };
    expect((await send(path, fields)).location).toBe(`${path}?said=taking`);
    expect(words(await owner.get(path))).toMatch(/正在收回 走过的单子 0% .*大约还有 2 笔/);
    expect(words(await send(path, fields))).toContain('这个活动正在收回，不用再点');
    await takenBackOf(shop, 'bad');
    const done = words(await owner.get(path));
    expect(done).toMatch(/已收完 走过的单子 100%.*收回了 2 笔 涉及会员 2 人 收回积分 1,000 分 收回券 2 张/);
    expect(done).toMatch(/谁收回的 陈老板 为什么 条件写错了/);
    expect(words(await send(path, fields))).toContain('已经收回，不能再启用');
    const [row] = shop.db.all(
      `SELECT by, before ->> 'status' AS was, after ->> 'status' AS is_now FROM audit_rows WHERE act = 'campaign.take-back'`,
    );
    expect(row).toEqual({ by: '陈老板', was: 'active', is_now: 'ended' });
    expect(words(await owner.get('/console/audit'))).toContain('收回活动发出的');
  });

  test('of a campaign that gave nothing says so, and offers no button', async () => {
    const { owner } = await openConsole(mistaken);
    expect(words(await owner.get(path))).toContain('没有可以收回的');
    expect(words(await owner.get('/console/campaigns/bad'))).not.toContain('收回这个活动发出的');
  });
});

describe('in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('the owner makes a campaign by form, a sale hits it, she takes it back, and the member reads on her own page why the coupon is gone', async () => {
    const pages = await openConsole({
      templates: mistaken.templates,
      settings: MerchantSettings.parse(withSms),
    });
    const { shop } = pages;
    const member = pages.visitor();
    await signUp(pages, member, { openid: 'oMother' });
    await pages.send('/console/campaigns/new', {
      name: '满1元送',
      trigger: 'sale.completed',
      status: 'active',
      'conditions~count': '0',
      repeat: 'once',
      pick: 'best',
      'rewards~count': '2',
      'rewards[0].kind': 'coupon',
      'rewards[0].templateId': 'C',
      'rewards[0].count': '1',
      'rewards[1].kind': 'points',
      'rewards[1].points': '500',
    });
    shop.clock.now += 60_000;
    await shop.tell({
      ...sale({ orderNo: 'A1', member: { phone: '13912345487' }, lines: [line()] }),
      occurredAt: new Date(shop.clock.now).toISOString(),
    });
    const served = await serve(pages.app);
    try {
      const here = await signInAs(pages, pages.boss, pages.visitor({ origin: 'http://127.0.0.1' }));
      const context = await browserOf(browser, served.url, here);
      const page = await context.newPage();
      await page.goto(`${served.url}/console/campaigns`);
      await page.getByRole('link', { name: '满1元送' }).click();
      await page.getByRole('link', { name: '收回这个活动发出的' }).click();
      await page.getByText('券没用，会收回').waitFor();
      await page.getByLabel('为什么收回').fill('条件写错了');
      await page.getByRole('button', { name: '下一步' }).last().click();
      await page.getByRole('button', { name: '确认收回，涉及 1 人' }).click();
      await page.getByText('正在收回').waitFor();
      await turn(shop);
      await page.getByText('已收完').waitFor();
      await context.close();
    } finally {
      await served.close();
    }
    await logIn(pages, member, 'oMother');
    expect(words(await member.get('/m/coupons'))).toContain('已收回：送它的活动发错了');
    expect(balanceOf(shop.db, 'phone:13912345487')).toBe(100);
    expect(outboxRows(shop.db).filter(({ kind }) => kind === 'taken-back').length).toBe(1);
  });
});
