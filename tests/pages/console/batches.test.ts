/** 领券批次 by clicks: the owner makes a link and codes, prints, downloads; a member claims on her phone, without a script. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { codeText } from '../../support/qr.ts';
import { store, template } from '../../support/builders.ts';
import { couponRows } from '../../support/shop.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { lastCode, logIn, ordinary, tokenIn, withSms, type Visitor } from '../support.ts';
import { openConsole, signInAs, type Console } from './support.ts';

let opened: Console;
let served: Served;
let browser: Browser;
let page: Page;
const here = (): Visitor => opened.visitor({ origin: 'http://127.0.0.1' });

beforeAll(async () => {
  opened = await openConsole({
    settings: withSms,
    templates: [template('T1', { name: '满100减10', valueFen: 1_000, minSpendFen: 10_000 })],
    stores: [{ ...store({ id: 'S1' }), name: '天河店' }],
  });
  [served, browser] = await Promise.all([serve(opened.app), openBrowser()]);
  const context = await browserOf(browser, served.url, await signInAs(opened, opened.boss, here()));
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** A member's phone, 360 wide; scripts are off, as they may be. */
async function phoneOf(openid: string, number: string): Promise<Page> {
  const visitor = here();
  await logIn(opened, visitor, openid);
  const token = tokenIn(await visitor.get('/m/register'));
  await visitor.post('/m/register/code', { ...ordinary, phone: number, token });
  await visitor.post('/m/register', { ...ordinary, phone: number, token, code: lastCode(opened) });
  const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: served.url }));
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
    locale: 'zh-CN',
  });
  await context.addCookies(cookies);
  return context.newPage();
}

/** Below the address of the shop. */
const pathIn = (text: string): string => new URL(text).pathname + new URL(text).search;

test('a link with a placement is made and its poster printed; a member claims by it, and the page counts her', async () => {
  await page.goto(`${served.url}/console/batches`);
  await page.getByRole('link', { name: '新建领券批次' }).click();
  await page.getByLabel('名称').fill('开业传单');
  await page.getByLabel('领哪一张券').selectOption({ label: '满100减10' });
  await page.getByRole('button', { name: /加一个投放点/ }).click();
  await page.getByLabel('放在哪里').fill('小区传单');
  await page.getByRole('button', { name: '新建领券批次' }).last().click();
  await page.getByText('已新建。').waitFor();
  await page.getByRole('link', { name: '开业传单' }).click();
  await page.getByRole('link', { name: '海报' }).click();
  await page.getByText('微信扫一扫，领优惠券').waitFor();
  const printed = codeText(await page.content());
  expect(pathIn(printed)).toMatch(/^\/m\/claim\/b_\w+\?at=0$/);

  const phone = await phoneOf('oWang', '13912345487');
  await phone.goto(served.url + pathIn(printed));
  await phone.screenshot({ path: '/tmp/claim-360.png' });
  await phone.getByRole('button', { name: '领取' }).click();
  await phone.getByText('领到了，券已经放进您的券包').waitFor();
  await phone.screenshot({ path: '/tmp/claimed-360.png' });
  expect(couponRows(opened.shop.db)).toMatchObject([{ placement: 0, state: 'issued' }]);

  await page.goBack();
  await page.reload();
  const row = page.getByRole('row', { name: /小区传单/ });
  await row.getByRole('cell', { name: '1', exact: true }).waitFor();
  await page.screenshot({ path: '/tmp/batch-1280.png', fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: '/tmp/batch-360.png', fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('codes are made and downloaded, one is typed by a member, the rest is called off, and the audit knows it', async () => {
  await page.goto(`${served.url}/console/batches/new`);
  await page.getByLabel('怎么领').selectOption('codes');
  const reshow = page.getByRole('button', { name: '换成这一种' });
  if (await reshow.isVisible()) await reshow.click();
  await page.getByLabel('印多少个码').fill('3');
  await page.getByLabel('名称').fill('抽奖箱');
  await page.getByLabel('领哪一张券').selectOption({ label: '满100减10' });
  await page.getByRole('button', { name: '新建领券批次' }).last().click();
  await page.getByRole('link', { name: '抽奖箱' }).click();
  const download = async (): Promise<string[][]> => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载表格' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    return text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
  };
  const [head, first] = await download();
  expect(head).toEqual(['序号', '券码', '领取地址', '状态', '领取时间']);
  expect([first?.[0], first?.[3]]).toEqual(['1', '没有领']);

  const phone = await phoneOf('oLi', '13912345488');
  await phone.goto(`${served.url}/m/claim`);
  await phone.getByLabel('券码').fill((first?.[1] ?? '').toLowerCase());
  await phone.screenshot({ path: '/tmp/code-360.png' });
  await phone.getByRole('button', { name: '查看这张券' }).click();
  await phone.getByRole('button', { name: '领取' }).click();
  await phone.getByText('领到了').waitFor();

  await page.getByRole('link', { name: '作废没领的' }).click();
  await page.getByText('已经领走的 1 张不变').waitFor();
  await page.getByRole('button', { name: '确认作废' }).click();
  await page.getByText('已作废，没领的马上就领不到了。').waitFor();
  expect((await download()).slice(1).map((cells) => cells[3])).toEqual(['已领，没有用', '已作废', '已作废']);
  await page.goto(`${served.url}/console/audit`);
  for (const act of ['作废领券批次里没领的', '新建领券批次', '下载表格'])
    await page.getByText(act).first().waitFor();
});
