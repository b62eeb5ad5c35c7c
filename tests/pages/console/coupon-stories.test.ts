/** 券的故事 in a real browser: “给买过奶粉的会员发一张10元券” by clicks alone, and a coupon found by its code and taken back. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grants } from '../../../workers/commands/jobs/grants.ts';
import { openBrowser } from '../../support/browser.ts';
import { line, product, sale, store, template } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { couponRows } from '../../support/shop.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { openConsole, signInAs, type Console } from './support.ts';

let opened: Console;
let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  opened = await openConsole({
    templates: [template('T10', { name: '10元券', valueFen: 1_000, stock: 5, perMember: 1 })],
    products: [
      product({ sku: 'milk', name: '牧童奶粉' }),
      product({ sku: 'nappy', name: '纸尿裤', categoryPath: [{ id: '02', name: '纸尿裤' }] }),
    ],
    stores: [store()],
  });
  const bought = (who: string, sku: string) =>
    sale({
      orderNo: who,
      member: { externalId: who, phone: `1391234500${who}`, name: `会员${who}` },
      lines: [line({ sku })],
    });
  await opened.shop.tell(bought('1', 'milk'), bought('2', 'milk'), bought('3', 'milk'), bought('4', 'nappy'));
  opened.shop.clock.now += 60_000;
  [served, browser] = await Promise.all([serve(opened.app), openBrowser()]);
  const visitor = await signInAs(opened, opened.boss, opened.visitor({ origin: 'http://127.0.0.1' }));
  context = await browserOf(browser, served.url, visitor);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** For whoever wants to look: HUIKE_PICTURES names a folder. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HUIKE_PICTURES'];
  if (folder === undefined) return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${String(width)}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 850 });
}

test('three who bought milk get a coupon each by clicks alone: chosen, counted, confirmed, and followed to the end', async () => {
  await page.goto(`${served.url}/console/`);
  await page.getByRole('link', { name: '给一群会员发券' }).first().click();
  await page.getByRole('link', { name: '选会员发券' }).click();
  await page.getByLabel('哪一类').selectOption({ label: '奶粉' });
  await page.getByLabel('最近多少天').fill('30');
  await page.getByLabel('发哪一张券').selectOption({ label: '10元券' });
  await page.getByLabel('原因').fill('奶粉会员回馈');
  await picture('form');
  await page.getByRole('button', { name: '看看有多少人' }).last().click();
  await page.getByText('发给 3 人，一共 3 张“10元券”').waitFor();
  await page.getByText('30', { exact: true }).waitFor();
  await picture('preview');
  expect(couponRows(opened.shop.db)).toEqual([]);
  await page.getByRole('button', { name: '确认，发给 3 人' }).click();
  await page.getByText('已经开始发').waitFor();
  await grants.run(roundOf(opened.shop), opened.shop.clock.now);
  await page.getByText('发完了').waitFor();
  await page.getByText('3 / 3').waitFor();
  // It was said once, on arrival.
  expect(await page.getByText('已经开始发').count()).toBe(0);
  await picture('done');
  expect(couponRows(opened.shop.db).length).toBe(3);
  // Who has had theirs is counted before it is tried again.
  await page.goto(`${served.url}/console/grant-jobs/new`);
  await page.getByLabel('哪一类').selectOption({ label: '奶粉' });
  await page.getByLabel('发哪一张券').selectOption({ label: '10元券' });
  await page.getByLabel('原因').fill('再发一次');
  await page.getByRole('button', { name: '看看有多少人' }).last().click();
  await page.getByText('3 人发不到：已经领满了每人的上限。').waitFor();
});

test('a coupon is found by its code in small letters, tells that a job gave it, and is taken back with a reason', async () => {
  const [{ id: code } = { id: '' }] = couponRows(opened.shop.db);
  await page.goto(`${served.url}/console/`);
  await page.getByRole('link', { name: '查券' }).first().click();
  await page.getByLabel('券码').fill(code.toLowerCase().replaceAll('0', 'o'));
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByText('给一群会员发的，陈老板，原因：奶粉会员回馈').waitFor();
  await picture('coupon');
  await page.getByRole('link', { name: '收回这张券' }).click();
  await page.getByLabel('原因').fill('发错了人');
  await picture('revoke');
  await page.getByRole('button', { name: '确认收回这一张' }).last().click();
  await page.getByText('已收回，这张券不能再用了。').waitFor();
  await page.getByText('手工收回：发错了人').waitFor();
  expect(couponRows(opened.shop.db).filter(({ state }) => state === 'revoked').length).toBe(1);
});

test('whoever stops a job is not called back by the page that refreshes itself, however slow the answer', async () => {
  const asked = { 'to.by': 'category', 'to.category': '02', 'to.days': '30', templateId: 'T10', count: '1' };
  const { location } = await opened.send('/console/grant-jobs/new', { ...asked, reason: '店庆' });
  await opened.send(`${location ?? ''}/start`, {});
  const own = await context.newPage();
  await own.route('**/stop', async (route) => {
    // Longer than until it would refresh itself.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await route.continue();
  });
  await own.goto(served.url + (location ?? ''));
  await own.getByText('0 / 1').waitFor();
  await own.getByRole('button', { name: '停下来' }).click();
  await own.getByText('已经停了').waitFor();
});
