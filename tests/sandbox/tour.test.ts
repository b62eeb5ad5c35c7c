/** 两分钟看懂: a visitor after `npm start`, who has read nothing, presses the five steps in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { wrongWith } from '../pages/looked-at.ts';
import { openBrowser } from '../support/browser.ts';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';

let huike: Running;
let browser: Browser;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  [huike, browser] = await Promise.all([startHuike(newStateDir()), openBrowser()]);
  page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(`${huike.url}/sandbox`);
  await page.getByRole('option', { name: '陈小满 13912345487' }).waitFor({ state: 'attached' });
}, 240_000);
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(huike.stateDir);
});

const Told = z.object({ curl: z.string() });
const step = (place: number) => page.locator(`#tour button[data-step="${String(place)}"]`);
const walked = async (place: number): Promise<void> => {
  await step(place).click();
  await page.locator(`#tour button[data-step="${String(place)}"][data-state="done"]`).waitFor();
};
const journal = async (text: RegExp): Promise<void> =>
  page.locator('#journal li').filter({ hasText: text }).first().waitFor();

test('five presses: she joins, buys for 271.20, uses the coupon she was given, returns a tin, and is reminded', async () => {
  await walked(0);
  await page.locator('#chat').getByText('我是您的专属导购林小雨').waitFor();
  await journal(/新会员.*发券 3 张/s);
  await walked(1);
  await page.locator('#chat').getByText('271.20元').waitFor();
  await journal(/销售单.*积分 \+271，红包 \+\d\.\d\d 元，用券 1 张，发券 1 张/s);
  await walked(2);
  await page.locator('#chat').getByText('8元', { exact: true }).waitFor();
  await walked(3);
  await journal(/退货单.*积分 −102，红包 −\d\.\d\d 元/s);
  await walked(4);
  await page.locator('#chat').getByRole('heading', { name: '商品用完提醒' }).waitFor();
  await page.getByRole('button', { name: '林小雨' }).click();
  await page.locator('#chat').getByRole('heading', { name: '商品用完提醒' }).waitFor();
  expect(troubles).toEqual([]);
});

test('each event opens into what was sent, and the command beside it sends it again without counting twice', async () => {
  await page.locator('#journal details').filter({ hasText: '退货单' }).locator('summary').click();
  await page.locator('#journal pre').getByText('refund.completed').waitFor();
  const id = await page.locator('#journal details').filter({ hasText: '退货单' }).getAttribute('data-event');
  const told: unknown = await (
    await page.request.get(`${huike.url}/sandbox/api/journal/${String(id)}`)
  ).json();
  const { curl } = Told.parse(told);
  const headers = Object.fromEntries(
    [...curl.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const [, url = ''] = /POST '([^']+)'/.exec(curl) ?? [];
  const [, data = ''] = /--data-raw '(.*)'$/s.exec(curl) ?? [];
  const answer = await page.request.post(url, { headers, data });
  expect([answer.status(), await answer.json()]).toEqual([200, { ok: true, eventId: id, duplicate: true }]);
});

test('her page opens inside the phone, as hers, and closes again', async () => {
  await page.getByRole('button', { name: '小橙子妈妈' }).click();
  await page.getByRole('link', { name: '会员页' }).click();
  const inside = page.frameLocator('#web iframe');
  await inside.getByText('小橙子妈妈，您好').waitFor();
  await page.getByRole('button', { name: '返回聊天' }).click();
  expect(await page.locator('#web iframe').count()).toBe(0);
  expect(await wrongWith(page, 'after the tour')).toEqual([]);
});

test('the cashier’s console is one press away, signed in; the first owner is asked for the shop', async () => {
  await page.goto(`${huike.url}/sandbox/enter/cashier`);
  expect(new URL(page.url()).pathname).toBe('/console/');
  expect(await page.locator('.who').first().innerText()).toContain('收银员');
  await page.goto(`${huike.url}/sandbox/enter/owner`);
  await page.getByText('欢迎使用回客').waitFor();
  const framed = await page.request.get(`${huike.url}/m/privacy`);
  expect(framed.headers()['x-frame-options']).toBe('DENY');
});
