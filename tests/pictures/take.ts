/** 截图: the pictures of the README, taken of the running product with its Chinese glyphs: `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/runtime.ts';
import { openBrowser } from '../support/browser.ts';
import { forget, newStateDir, startHuike } from '../support/running.ts';

const folder = join(root, 'docs', 'pictures');
const steps = 5;

const huike = await startHuike(newStateDir());
const browser = await openBrowser();
try {
  mkdirSync(folder, { recursive: true });
  const desk = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'zh-CN' });
  await desk.goto(`${huike.url}/sandbox`);
  for (let step = 0; step < steps; step += 1) await walk(desk, step);
  await desk.getByRole('button', { name: '小橙子妈妈' }).click();
  await desk.locator('#chat').getByRole('heading', { name: '商品用完提醒' }).waitFor();
  await desk.locator('.toast').waitFor({ state: 'hidden' });
  await take(desk, 'sandbox');
  await desk.getByRole('link', { name: '会员页' }).click();
  await desk.frameLocator('#web iframe').getByText('小橙子妈妈，您好').waitFor();
  await desk.locator('.phone').screenshot({ path: join(folder, 'member.png') });
  await enter(desk);
  await desk.goto(`${huike.url}/console/members`);
  await desk.getByRole('link', { name: '小橙子妈妈' }).first().click();
  await take(desk, 'profile');
  await desk.goto(`${huike.url}/console/campaigns`);
  await desk.getByRole('link', { name: '满188抽红包' }).first().click();
  await take(desk, 'campaign');
} finally {
  await browser.close();
  await huike.stop();
  forget(huike.stateDir);
}

async function walk(page: Page, step: number): Promise<void> {
  await page.locator(`#tour button[data-step="${String(step)}"]`).click();
  await page.locator(`#tour button[data-step="${String(step)}"][data-state="done"]`).waitFor();
}

/** As the first of all: the owner. */
async function enter(page: Page): Promise<void> {
  await page.goto(`${huike.url}/sandbox/enter/owner`);
  await page.getByLabel('您的称呼').fill('陈老板');
  await page.getByRole('button').last().click();
  await page.waitForURL('**/console/');
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
