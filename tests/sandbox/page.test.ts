import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openBrowser } from '../support/browser.ts';
import { sealedReply } from './callbacks.ts';
import { sendSms } from './aliyun.ts';
import { queryOf, settings, startSandbox, startsAt, type Sandbox } from './support.ts';

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const accepted = { status: 202, body: '{"ok":true,"eventId":"e1","duplicate":false}' };
const none = { status: 200, body: '{"items":[],"next":null}' };

beforeEach(async () => {
  await sandbox.settled();
  await sandbox.tell({
    '/hooks/erp/till': accepted,
    '/hooks/wechat': { status: 200, body: 'success' },
    '*': none,
  });
  troubles.length = 0;
});

afterEach(() => page.close());

async function open(viewport: { width: number; height: number }): Promise<void> {
  page = await browser.newPage({ viewport, locale: 'zh-CN' });
  page.setDefaultTimeout(100_000);
  await page.clock.setFixedTime(startsAt);
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()));
  await page.goto(`${sandbox.url}/sandbox`);
  await page.getByRole('option', { name: '陈小满 13912345487' }).waitFor({ state: 'attached' });
  await sandbox.asked();
}

const Event = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });
async function webhooks() {
  const asked = await sandbox.asked();
  return asked
    .filter(({ url }) => url.includes('/hooks/erp/'))
    .map(({ body }) => Event.parse(JSON.parse(body)));
}

describe('on a laptop', () => {
  beforeEach(() => open({ width: 1280, height: 800 }));

  test('two cans and a bottle are sold to 陈小满 for 276.20, and one can comes back', async () => {
    await page.getByRole('button', { name: '牧童A2奶粉3段' }).click();
    await page.getByRole('button', { name: '多一件 牧童A2奶粉3段' }).click();
    await page.getByRole('button', { name: '小兔宽口奶瓶' }).click();
    await page.getByRole('button', { name: '收款 ¥276.20' }).click();
    await page.getByText('回客已收下').waitFor();
    const [sale] = await webhooks();
    expect(sale).toMatchObject({
      type: 'sale.completed',
      data: {
        store: { id: '8005', name: '天河店' },
        associate: { id: 'g7', name: '林小雨' },
        member: { externalId: 'M1001', phone: '13912345487', openid: 'oMemberChenXiaoman' },
        lines: [
          { lineNo: '1', sku: '6901234', categoryIds: ['01', '0101'], quantity: '2', amountFen: 20_720 },
          { lineNo: '2', sku: '6903101', quantity: '1', amountFen: 6900 },
        ],
        amounts: { paidFen: 27_620 },
        payments: [{ method: 'wechat', amountFen: 27_620 }],
      },
    });

    await page.locator('#receipts summary').click();
    await page.getByRole('button', { name: '退1件' }).click();
    await page.getByText('部分退').waitFor();
    await page.getByRole('button', { name: '余下全退' }).click();
    await page.getByText('已退', { exact: true }).waitFor();
    const orderNo = sale?.data['orderNo'];
    expect(await webhooks()).toMatchObject([
      {
        type: 'refund.completed',
        data: {
          refundNo: `${String(orderNo)}-R1`,
          orderNo,
          scope: 'partial',
          lines: [{ originalLineNo: '1', quantity: '1', amountFen: 10_360 }],
          amounts: { refundedFen: 10_360 },
        },
      },
      {
        type: 'refund.completed',
        data: { refundNo: `${String(orderNo)}-R2`, scope: 'partial', amounts: { refundedFen: 17_260 } },
      },
    ]);
    expect(troubles).toEqual([]);
  });

  test('a coupon that applies is taken off, one that does not says why; half of it comes back, then all of it', async () => {
    const off = { code: 'AB12', name: '满80减8', kind: 'cash', offFen: 800 };
    const applied = [{ ...off, lines: [{ lineNo: '1', offFen: 800 }] }];
    const others = [
      { code: 'CD34', name: '油80', reason: 'EXCLUDED_ITEM', message: '这张单上没有可以用的商品。' },
    ];
    const quoted = { payableFen: 19_920, offFen: 800, applied, best: ['AB12'], usable: applied, others };
    await sandbox.tell({
      '/hooks/erp/till': accepted,
      '/api/v1/quotes': { status: 200, body: JSON.stringify(quoted) },
      '*': none,
    });
    await page.getByRole('button', { name: '牧童A2奶粉3段' }).click();
    await page.getByRole('button', { name: '多一件 牧童A2奶粉3段' }).click();
    await page.getByText('减 8.00').waitFor();
    expect(await page.locator('#quoted').innerText()).toContain('这张单上没有可以用的商品。');
    await page.getByRole('checkbox', { name: '满80减8' }).uncheck();
    await page.getByRole('button', { name: '收款 ¥207.20' }).waitFor();
    await page.getByRole('checkbox', { name: '满80减8' }).check();
    await page.getByRole('button', { name: '收款 ¥199.20' }).click();
    await page.getByText('回客已收下').waitFor();
    const [sale] = await webhooks();
    expect(sale?.data).toMatchObject({
      couponCodes: ['AB12'],
      lines: [{ amountFen: 19_920, discountFen: 800 }],
      amounts: { goodsFen: 20_720, discountFen: 800, paidFen: 19_920 },
    });
    // Receipts come after the answer: the first one may still be an older.
    await page.locator('#receipts summary').filter({ hasText: '199.20' }).click();
    await page.getByRole('button', { name: '退1件' }).click();
    await page.getByText('部分退').waitFor();
    await page.getByRole('button', { name: '余下全退' }).click();
    // Of this receipt: others before it have come back, too.
    await page.locator('#receipts > li').first().getByText('已退', { exact: true }).waitFor();
    expect((await webhooks()).map(({ data }) => data['amounts'])).toEqual([
      { refundedFen: 9_960 },
      { refundedFen: 9_960 },
    ]);
    expect(troubles).toEqual([]);
  });

  test('a message that arrives is on the phone within two seconds', async () => {
    const token = await sandbox.token();
    const { json } = await sandbox.weixin(`/cgi-bin/message/template/send?access_token=${token}`, {
      touser: 'oMemberChenXiaoman',
      template_id: 'TMPL_RUN_OUT',
      data: {
        thing1: { value: '陈小满' },
        thing2: { value: '牧童A2奶粉3段' },
        date3: { value: '2026-12-06' },
        thing4: { value: '<b>快喝完了</b>' },
      },
    });
    expect(json).toMatchObject({ errcode: 0 });
    await page.getByRole('heading', { name: '商品用完提醒' }).waitFor();
    expect(await page.locator('#chat').innerText()).toContain('<b>快喝完了</b>');
    expect(troubles).toEqual([]);
  });

  test('the phone shows a reply, a notice, a packet to confirm, a short message and the menu', async () => {
    const openid = 'oMemberChenXiaoman';
    const chat = page.locator('#chat');
    const news =
      '<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles><item><Title>会员礼待领取</Title><Description>点击查看</Description><PicUrl></PicUrl><Url>https://shop.example/gift</Url></item></Articles>';
    await sandbox.tell({
      '/hooks/wechat': { status: 200, body: await sealedReply(openid, news) },
      '*': none,
    });
    await page.getByLabel('发消息给公众号').fill('礼物');
    await page.getByRole('button', { name: '发送' }).click();
    await chat.getByRole('heading', { name: '会员礼待领取' }).waitFor();
    expect(await chat.getByRole('link', { name: '查看详情' }).last().getAttribute('href')).toBe(
      'https://shop.example/gift',
    );

    await sandbox.tell({ '/hooks/wechat': { status: 200, body: 'success' }, '*': none });
    await sandbox.act('/subscribe-answer', { openid, templateId: 'SUBS_COUPON_ENDING', accept: true });
    await sandbox.api('/cgi-bin/message/subscribe/bizsend', {
      touser: openid,
      template_id: 'SUBS_COUPON_ENDING',
      data: { thing1: { value: '满80减8' }, date2: { value: '2026-12-06' }, thing3: { value: '天河店' } },
    });
    await chat.getByText('订阅通知').waitFor();

    const button = [
      { name: '会员', sub_button: [{ type: 'click', name: '我的积分', key: 'POINTS' }] },
      { type: 'view', name: '商城', url: 'https://shop.example/' },
    ];
    await sandbox.api('/cgi-bin/menu/create', { button });
    await page.locator('summary', { hasText: '会员' }).click();
    await page.getByRole('button', { name: '我的积分' }).click();
    await sandbox.waitFor(`/pushes?openid=${openid}&event=POINTS`);

    await sendSms(sandbox, { PhoneNumbers: '13912345487' });
    await page.getByRole('status').getByText('您的验证码是1234').waitFor();
    await sandbox.act('/control', { callbackSpacingMs: 0 });
    await sandbox.tell({ '/hooks/wechat': { status: 500, body: '' }, '*': none });
    await page.getByLabel('发消息给公众号').fill('在吗');
    await page.getByRole('button', { name: '发送' }).click();
    await chat.getByText('该公众号暂时无法提供服务，请稍后再试').waitFor();
    expect(troubles).toEqual([]);
  });

  test('an address and a link of the account can be tapped, and nothing else becomes one', async () => {
    const openid = 'oMemberZhouTing';
    const content =
      '您的码：https://shop.example/c/1?a=2。<a href="https://shop.example/m/">看积分</a> <a href="javascript:alert(1)">不</a> <b>粗</b>';
    await sandbox.act('/say', { openid, text: '在吗' });
    await sandbox.api('/cgi-bin/message/custom/send', { touser: openid, msgtype: 'text', text: { content } });
    await page.getByRole('button', { name: '周婷' }).click();
    const bubble = page.locator('#chat .bubble', { hasText: '您的码' });
    await bubble.waitFor();
    const links = await bubble.getByRole('link').all();
    expect(await Promise.all(links.map((link) => link.getAttribute('href')))).toEqual([
      'https://shop.example/c/1?a=2',
      'https://shop.example/m/',
    ]);
    expect(await bubble.innerText()).toBe(
      '您的码：https://shop.example/c/1?a=2。看积分 <a href="javascript:alert(1)">不</a> <b>粗</b>',
    );
  });

  test('every page that a phone opens is led to, and the office too', async () => {
    const opened = await page.getByRole('navigation', { name: '用这部手机打开' }).getByRole('link').all();
    expect(await Promise.all(opened.map((link) => link.getAttribute('href')))).toEqual([
      '/m/login?to=/m/',
      '/m/login?to=/m/register',
      '/m/login?to=/a/',
    ]);
    const offices = await page.getByRole('navigation', { name: '其他页面' }).getByRole('link').all();
    expect(await Promise.all(offices.map((link) => link.getAttribute('href')))).toEqual([
      '/sandbox/enter/owner',
      '/sandbox/enter/cashier',
      '/api/docs',
      '/sandbox/api/credentials',
    ]);
    const [cookie] = await page.context().cookies(`${sandbox.url}/sandbox`);
    expect(cookie).toMatchObject({ name: 'sandbox-openid', value: 'oMemberChenXiaoman' });
  });

  test('a browser says who it is: whoever’s phone is shown', async () => {
    await page.getByRole('button', { name: '周婷' }).click();
    const target = `${sandbox.url}/back`;
    const query = (scope: string) =>
      queryOf({
        appid: settings.WECHAT_APP_ID,
        redirect_uri: target,
        response_type: 'code',
        scope,
        state: 's',
      });
    await page.goto(`${sandbox.url}/sandbox/oauth2/authorize?${query('snsapi_userinfo')}`);
    await page.getByRole('link', { name: '王雪' }).click();
    await page.waitForURL(`${target}?code=*`);
    await page.goto(`${sandbox.url}/sandbox/oauth2/authorize?${query('snsapi_base')}`);
    expect(page.url()).toContain(`${target}?code=`);
  });

  test('somebody new follows and buys, whatever they call themselves', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await page.getByLabel('会员').selectOption('new');
    await page.getByLabel('称呼').fill(name.slice(0, 20));
    await page.getByLabel('手机号').fill('13600136000');
    await page.getByRole('button', { name: '扫码关注公众号' }).click();
    const chip = page.getByRole('button', { name: name.slice(0, 20), pressed: true });
    await chip.waitFor();
    expect(await sandbox.items('/pushes?openid=oCustomer13600136000')).toMatchObject([
      { body: expect.stringContaining('<EventKey><![CDATA[qrscene_adv_g7]]>') },
    ]);
    expect(await page.locator('img').count()).toBe(0);
    await page.getByRole('button', { name: '谷芽高铁米粉' }).click();
    await page.getByRole('button', { name: '收款 ¥38.00' }).click();
    await page.getByText('回客已收下').waitFor();
    expect((await webhooks())[0]?.data['member']).toEqual({
      phone: '13600136000',
      name: name.slice(0, 20),
      openid: 'oCustomer13600136000',
    });
  });

  test('a sale that Huike does not take stays on the slip', async () => {
    await sandbox.tell({ '/hooks/erp/till': { status: 503, body: '{"title":"稍后再试"}' }, '*': none });
    await page.getByRole('button', { name: '谷芽高铁米粉' }).click();
    await page.getByRole('button', { name: '收款 ¥38.00' }).click();
    await page.locator('#answer').getByText('回客没有收下（503）：稍后再试').waitFor();
    expect(await page.getByRole('button', { name: '收款 ¥38.00' }).isEnabled()).toBe(true);
  });

  test('the clock runs the scheduled handler at nine in the morning', async () => {
    await page.getByLabel('日期和时间').fill('2026-12-01T09:00');
    await page.getByRole('button', { name: '跳过去' }).click();
    await page.getByText('时钟到了').waitFor();
    const ticks = (await sandbox.asked()).filter(({ cron }) => cron !== undefined);
    expect(ticks).toMatchObject([{ scheduledTime: Date.parse('2026-12-01T09:00:00+08:00') }]);
  });

  test('everything to press or fill in has a name', async () => {
    const nameless = await page.evaluate(
      `[...document.querySelectorAll('button, input, select, a')]
        .filter((each) => !(each.labels?.length || each.ariaLabel || each.textContent.trim()) && each.checkVisibility())
        .map((each) => each.outerHTML)`,
    );
    expect(nameless).toEqual([]);
  });
});

describe('on a phone 390 wide', () => {
  beforeEach(() => open({ width: 390, height: 844 }));

  test('till and phone are two tabs, and nothing is wider than the screen', async () => {
    expect(await page.locator('#phone').isVisible()).toBe(false);
    await page.getByRole('button', { name: '星辰有机奶粉1段' }).click();
    await page.getByRole('button', { name: '去收款 ¥368.00' }).click();
    await page.getByRole('button', { name: '收款 ¥368.00', exact: true }).click();
    await page.getByText('回客已收下').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: '顾客手机' }).click();
    expect(await page.locator('#till').isVisible()).toBe(false);
    await page.getByLabel('发消息给公众号').fill('在吗');
    await page.getByRole('button', { name: '发送' }).click();
    await page.locator('#chat').getByText('在吗').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(troubles).toEqual([]);
  });
});
