/** 后台 in a real browser: first run to first coupon by clicks alone, and nothing on any page that axe calls serious. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openBrowser } from '../../support/browser.ts';
import { forget, newStateDir, startHuike, type Running } from '../../support/running.ts';

const stateDir = newStateDir();
let huike: Running;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 850 }, locale: 'zh-CN' });
  page = await context.newPage();
  page.setDefaultTimeout(100_000);
});
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(stateDir);
});

test('who opens the printed link is the owner, draws up a coupon and a campaign that gives it, and sees what 188 yuan bring', async () => {
  const [link = ''] = /\/console\/enter\/\w+/.exec(huike.output()) ?? [];
  await page.goto(huike.url + link);
  await page.getByLabel('您的称呼').fill('陈老板');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByRole('heading', { name: '今天', exact: true }).waitFor();

  await page.goto(`${huike.url}/console/coupons/new`);
  await page.getByLabel('面值').fill('10');
  await page.getByLabel('券名').fill('满100减10');
  await page.getByLabel('满多少可用').fill('100');
  await page.getByRole('button', { name: '新建券' }).last().click();
  await page.getByText('已新建。').waitFor();

  await page.goto(`${huike.url}/console/campaigns/new`);
  await page.getByLabel('活动名称').fill('满188送券');
  await page.getByLabel('至少').fill('188');
  await page.getByLabel('哪一张券').selectOption({ label: '满100减10' });
  await page.getByRole('button', { name: '新建活动' }).last().click();
  await page.getByRole('link', { name: '满188送券' }).click();
  await page.getByRole('button', { name: '看会得到什么' }).click();
  await page
    .getByRole('row', { name: /满188送券/ })
    .getByText('1 张券')
    .waitFor();
});

const pathOfAxe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const Violations = z.array(z.object({ id: z.string(), impact: z.string().nullable() }));
const pages = [
  '/console/',
  '/console/members',
  '/console/events',
  '/console/campaigns',
  '/console/campaigns/new',
  '/console/coupons',
  '/console/coupons/new',
  '/console/plans/new',
  '/console/talks',
  '/console/talks/try',
  '/console/coming',
  '/console/codes',
  '/console/codes/new',
  '/console/messages',
  '/console/stores',
  '/console/associates',
  '/console/associates/new',
  '/console/settings',
  '/console/settings/replies',
  '/console/settings/payout',
  '/console/people',
  '/console/people/new',
  '/console/me',
  '/console/audit',
];

describe.each([
  [1280, 'light'],
  [360, 'dark'],
] as const)('at %i pixels, %s', (width, colorScheme) => {
  test('nothing is serious to axe, nothing runs off to the side, and no page is larger than 100 KB', async () => {
    const axe = readFileSync(pathOfAxe, 'utf8');
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const path of pages) {
      const answer = await page.goto(huike.url + path);
      expect([path, answer?.status()]).toEqual([path, 200]);
      expect([path, ((await answer?.body())?.length ?? 0) < 100_000]).toEqual([path, true]);
      const overflow = await page.evaluate(
        `document.documentElement.scrollWidth - document.documentElement.clientWidth`,
      );
      expect([path, overflow]).toEqual([path, 0]);
      // The page's own policy lets no script in; the inspector's evaluation is not one of the page's.
      const found = await page.evaluate(
        `(async () => { ${axe}; return (await axe.run(document)).violations.map(({ id, impact }) => ({ id, impact })); })()`,
      );
      const serious = Violations.parse(found).filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect([path, serious]).toEqual([path, []]);
    }
  });
});
