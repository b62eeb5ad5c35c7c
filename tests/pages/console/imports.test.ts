/** 导入 in a real browser: a file of the old till is looked at, taken in, and taken in once, without curl. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { forget, newStateDir, startHuike, type Running } from '../../support/running.ts';

const stateDir = newStateDir();
let huike: Running;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  browser = await openBrowser();
  page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(100_000);
  const [link = ''] = /\/console\/enter\/\w+/.exec(huike.output()) ?? [];
  await page.goto(huike.url + link);
  await page.getByLabel('您的称呼').fill('陈老板');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByRole('heading', { name: '今天', exact: true }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(stateDir);
});

const members = [
  '会员编号,手机号,姓名',
  ...Array.from(
    { length: 450 },
    (_, place) => `OLD${place},1390000${String(place).padStart(4, '0')},会员${place}`,
  ),
  'OLD9,12345,号码不全',
].join('\n');

async function look(name: string, text: string): Promise<void> {
  await page
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: '先看一遍' }).click();
}

test('450 members of a file are looked at, taken in, found in the list, and not taken in twice', async () => {
  await page.goto(`${huike.url}/console/imports`);
  await page.getByLabel('文件里是什么').selectOption('members');
  await look('会员.csv', members);
  await page.getByText('还没有导入。看过没问题').waitFor();
  expect(await page.locator('[data-report]').innerText()).toMatch(/没法导入的行\s+1/);
  expect(await page.locator('[data-report]').innerText()).toContain('第 452 行');
  await page.getByRole('button', { name: '导入 450 条' }).click();
  await page.getByText('导入好了：450 条').waitFor();
  await look('会员.csv', members);
  await page.getByText('没有要导入的').waitFor();
  await page.goto(`${huike.url}/console/members?q=13900000449`);
  await page.getByText('会员449').waitFor();
});

test('what is no table is said for what it is, and nothing is sent', async () => {
  await page.goto(`${huike.url}/console/imports`);
  await look('旧表.xls', '<html><table><tr><td>1</td></tr></table></html>');
  await page
    .locator('[data-said]')
    .filter({ hasText: /网页|HTML/ })
    .waitFor();
});

test('the reader comes from this deployment under a name that changes with its content, and browsers keep it', async () => {
  const html = await (await page.request.get(`${huike.url}/console/imports`)).text();
  const [, src = ''] = /src="(\/assets\/file-reader\.[0-9a-f]{16}\.js)"/.exec(html) ?? [];
  const answer = await page.request.get(huike.url + src);
  expect([answer.status(), answer.headers()['cache-control']]).toEqual([
    200,
    'public, max-age=31536000, immutable',
  ]);
});
