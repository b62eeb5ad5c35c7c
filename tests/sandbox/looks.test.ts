/** 沙盒的样子: till and phone in use, looked at at both widths, by day and by night. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wrongWith } from '../pages/looked-at.ts';
import { openBrowser } from '../support/browser.ts';
import { sendSms } from './aliyun.ts';
import { queryOf, settings, startSandbox, startsAt, type Sandbox } from './support.ts';

const openid = 'oMemberChenXiaoman';
let sandbox: Sandbox;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), openBrowser()]);
  await fillPhone();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  await page.clock.setFixedTime(startsAt);
  await page.goto(`${sandbox.url}/sandbox`);
  await page.getByRole('option', { name: '陈小满 13912345487' }).waitFor({ state: 'attached' });
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

const json = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });
const list = (...items: unknown[]) => json({ items, next: null });

const applied = [
  { code: 'AB12', name: '满80减8', kind: 'cash', offFen: 800, lines: [{ lineNo: '1', offFen: 800 }] },
];
const quoted = {
  payableFen: 9560,
  offFen: 800,
  applied,
  best: ['AB12'],
  usable: applied,
  others: [{ code: 'CD34', name: '油80', reason: 'EXCLUDED_ITEM', message: '这张单上没有可以用的商品。' }],
};
const coupon = (state: string, validFrom: string, validTo: string) => ({
  name: '满80减8',
  kind: 'cash',
  valueFen: 800,
  conditionText: '满80元可用',
  state,
  validFrom,
  validTo,
});
const member = {
  id: 'm1',
  points: 152,
  level: '金卡',
  tags: ['奶粉客'],
  accounts: { wallet: 320 },
  stats: {},
};
const ledger = list(
  { delta: 207, balance: 152, cause: 'sale', at: '2026-11-21T10:00:00+08:00' },
  { delta: -55, balance: -55, cause: 'exchange', at: '2026-11-20T10:00:00+08:00' },
);

/** Of everything that a phone and a till can show, one. */
async function fillPhone(): Promise<void> {
  const accepted = { status: 202, body: '{"ok":true,"eventId":"e1","duplicate":false}' };
  await sandbox.tell({
    '/hooks/erp/till': accepted,
    '/hooks/wechat': { status: 200, body: 'success' },
    '/api/v1/quotes': json(quoted),
    '/api/v1/members': list(member),
    '/api/v1/members/m1': json(member),
    '/api/v1/members/m1/coupons': list(
      coupon('issued', '2026-11-20T00:00:00+08:00', '2026-12-20T00:00:00+08:00'),
      coupon('issued', '2026-12-01T00:00:00+08:00', '2026-12-20T00:00:00+08:00'),
      coupon('used', '2026-11-01T00:00:00+08:00', '2026-12-20T00:00:00+08:00'),
    ),
    '/api/v1/members/m1/ledger': ledger,
    '*': list(),
  });
  for (const digit of [1, 2, 3, 4, 5, 6]) {
    const phone = `1360013600${String(digit)}`;
    await sandbox.act('/follow', { openid: `oCustomer${phone}`, phone, name: `顾客${String(digit)}号` });
  }
  await sandbox.act('/say', { openid, text: '在吗' });
  const content = '在的，<a href="https://shop.example/m/">看积分</a>';
  await sandbox.api('/cgi-bin/message/custom/send', { touser: openid, msgtype: 'text', text: { content } });
  await sandbox.api('/cgi-bin/message/template/send', {
    touser: openid,
    template_id: 'TMPL_RUN_OUT',
    url: 'https://shop.example/',
    data: {
      thing1: { value: '陈小满' },
      thing2: { value: '奶粉' },
      date3: { value: '2026-12-06' },
      thing4: { value: '会员' },
    },
  });
  const button = [
    { name: '会员', sub_button: [{ type: 'click', name: '我的积分', key: 'POINTS' }] },
    { type: 'view', name: '商城', url: 'https://shop.example/' },
  ];
  await sandbox.api('/cgi-bin/menu/create', { button });
  await sendSms(sandbox, { PhoneNumbers: '13912345487' });
}

const sell = async (): Promise<void> => {
  await page.getByRole('button', { name: '牧童A2奶粉3段' }).click();
  await page.getByText('减 8.00').waitFor();
};

test('the till with a slip under way, a coupon off, a receipt open and somebody new', async () => {
  await sell();
  await page.getByRole('button', { name: '收款 ¥95.60' }).click();
  await page.getByText('回客已收下').waitFor();
  await page.locator('#receipts summary').click();
  await sell();
  await page.locator('#chat').getByRole('heading', { name: '商品用完提醒' }).waitFor();
  expect(await wrongWith(page, 'till')).toEqual([]);
  await page.getByLabel('会员').selectOption('new');
  expect(await wrongWith(page, 'till with somebody new')).toEqual([]);
});

test.each(['消息', '券包', '积分'])('the phone that shows its %s', async (view) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('button', { name: '顾客手机' }).click();
  await page.getByRole('button', { name: '陈小满' }).click();
  await page.getByRole('group', { name: '手机上看什么' }).getByRole('button', { name: view }).click();
  await page
    .getByText({ 消息: '看积分', 券包: '未到时间', 积分: '红包余额' }[view] ?? '')
    .first()
    .waitFor();
  expect(await wrongWith(page, view)).toEqual([]);
});

test('whoever came last can be seen and chosen, at both widths', async () => {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const chip = page.getByRole('button', { name: '顾客6号' });
    await chip.click();
    const [at, room] = [await chip.boundingBox(), await page.locator('#owners').boundingBox()];
    if (at === null || room === null) throw new Error('the chips are not shown');
    expect(at.y).toBeGreaterThanOrEqual(room.y);
    expect(at.y + at.height).toBeLessThanOrEqual(room.y + room.height);
    expect(at.x + at.width).toBeLessThanOrEqual(room.x + room.width);
  }
});

test('the page where somebody logs in', async () => {
  const query = queryOf({
    appid: settings.WECHAT_APP_ID,
    redirect_uri: `${settings.PUBLIC_URL}/back`,
    response_type: 'code',
    scope: 'snsapi_userinfo',
    state: 's',
  });
  await page.goto(`${sandbox.url}/sandbox/oauth2/authorize?${query}`);
  expect(await wrongWith(page, 'login')).toEqual([]);
});
