/** 在手机上看账: a month of thirty days is a screen or two, its totals first; a wide screen and paper show every day. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { at, line, sale, store } from '../../support/builders.ts';
import { closeBooks } from '../../support/owed.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { openConsole, signInAs } from './support.ts';

let served: Served;
let browser: Browser;
let page: Page;

/** Every day of November one sale of 250 yuan. */
beforeAll(async () => {
  const office = await openConsole({ now: '2026-10-31 12:00', stores: [store()] });
  const { shop } = office;
  for (let day = 1; day <= 30; day += 1) {
    const on = `2026-11-${String(day).padStart(2, '0')}`;
    shop.clock.now = at(`${on} 09:00`);
    await closeBooks(shop);
    shop.clock.now = at(`${on} 12:00`);
    const bought = { member: { externalId: 'M1' }, lines: [line({ amountFen: 25_000 })] };
    await shop.tell(sale({ orderNo: on, at: `${on} 11:00`, ...bought }));
  }
  shop.clock.now = at('2026-12-01 09:00');
  await closeBooks(shop);
  [served, browser] = await Promise.all([serve(office.app), openBrowser()]);
  const visitor = await signInAs(office, office.boss, office.visitor({ origin: 'http://127.0.0.1' }));
  page = await (await browserOf(browser, served.url, visitor)).newPage();
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const path = '/console/owed?month=2026-11';
const isShown = (): Promise<boolean> => page.getByRole('cell', { name: '2026-11-17' }).isVisible();
const height = (): Promise<number> => page.evaluate('document.documentElement.scrollHeight');

test('at 360 px the totals stand first and the days are folded; pressed, all thirty are there', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(served.url + path);
  expect(await page.getByText('+7,500').first().isVisible()).toBe(true);
  expect(await isShown()).toBe(false);
  expect(await height()).toBeLessThan(2_400);
  await page.getByLabel('看每一天（30 天）').check();
  expect(await isShown()).toBe(true);
  expect(await page.getByRole('row').count()).toBeGreaterThan(30);
});

test('at 1280 px, and on paper of any width, every day is there without a press', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(served.url + path);
  expect([await isShown(), await page.getByLabel('看每一天（30 天）').isVisible()]).toEqual([true, false]);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.emulateMedia({ media: 'print' });
  expect([await isShown(), await page.getByLabel('看每一天（30 天）').isVisible()]).toEqual([true, false]);
});
