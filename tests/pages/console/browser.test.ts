/** 后台 in a real browser, against the whole of Huike: first run to first coupon by clicks alone, and signing in by a scan. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { openBrowser } from '../../support/browser.ts';
import { line, sale } from '../../support/builders.ts';
import { codeText } from '../../support/qr.ts';
import { forget, newStateDir, startHuike, type Running } from '../../support/running.ts';
import { signedRequest } from '../../support/shop.ts';
import { until } from '../../support/until.ts';

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

  await page.getByRole('link', { name: '券', exact: true }).click();
  await page.getByRole('link', { name: '新建券' }).click();
  await page.getByLabel('面值').fill('10');
  await page.getByLabel('券名').fill('满100减10');
  await page.getByLabel('满多少可用').fill('100');
  await page.getByRole('button', { name: '新建券' }).last().click();
  await page.getByText('已新建。').waitFor();

  await page.getByRole('link', { name: '活动', exact: true }).click();
  await page.getByRole('link', { name: '新建活动' }).click();
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

const Credentials = z.object({ erp: z.object({ secret: z.string() }) });
/** As the till would, signed with the secret that the sandbox shows. */
async function tell(body: object): Promise<void> {
  const { erp } = Credentials.parse(await (await fetch(`${huike.url}/sandbox/api/credentials`)).json());
  const text = JSON.stringify(body);
  const { headers } = signedRequest(text, Date.now(), { secret: erp.secret, id: crypto.randomUUID() });
  const answer = await fetch(`${huike.url}/hooks/erp/till`, { method: 'POST', headers, body: text });
  expect(answer.status).toBe(202);
}

test('the till’s next sale of 200 yuan brings the coupon, and the member’s page shows it', async () => {
  const member = { externalId: 'BROWSER-1', phone: '13912347788', name: '周女士' };
  const sold = sale({ orderNo: 'BROWSER-1', member, lines: [line({ amountFen: 20_000 })] });
  await tell({ ...sold, occurredAt: new Date().toISOString() });
  const isThere = async (): Promise<boolean> => {
    await page.goto(`${huike.url}/console/members?q=13912347788`);
    return (await page.getByRole('link', { name: '周女士' }).count()) > 0;
  };
  await until(isThere, 60_000);
  await page.getByRole('link', { name: '周女士' }).click();
  await page.getByRole('cell', { name: '满100减10' }).first().waitFor({ timeout: 30_000 });
});

/** Somebody's phone, in the simulated WeChat. */
async function phoneOf(openid: string): Promise<Page> {
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
  await phone.addCookies([{ name: 'sandbox-openid', value: openid, url: `${huike.url}/sandbox` }]);
  phone.setDefaultTimeout(100_000);
  return phone.newPage();
}

const numberOn = async (screen: Page): Promise<string> =>
  (await screen.locator('.big').textContent())?.trim() ?? '';

async function answer(phone: Page, url: string, number: string): Promise<void> {
  await phone.goto(url);
  await phone.getByLabel('电脑上的数字').fill(number);
  await phone.getByRole('button', { name: '是我，确认' }).click();
}

async function newScreen(): Promise<Page> {
  const screen = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  screen.setDefaultTimeout(100_000);
  await screen.goto(`${huike.url}/console/sign-in`);
  return screen;
}

test('the owner ties her WeChat to her name, and from then on a scan opens a new computer by itself', async () => {
  await page.goto(`${huike.url}/console/me/wechat`);
  const phone = await phoneOf('oConsoleOwner');
  await answer(phone, codeText(await page.content()), await numberOn(page));
  await phone.getByRole('heading', { name: '已绑定' }).waitFor();

  const [screen, thief] = [await newScreen(), await newScreen()];
  const url = codeText(await screen.content());
  await answer(phone, url, await numberOn(screen));
  await phone.getByRole('heading', { name: '已确认' }).waitFor();
  await screen.getByRole('heading', { name: '今天', exact: true }).waitFor();
  // Scanned once more it is over, and a screen that somebody photographed it from stays where it is.
  await phone.goto(url);
  await phone.getByRole('heading', { name: '这个码已经过期' }).waitFor();
  await thief.goto(`${huike.url}/console/`);
  expect(new URL(thief.url()).pathname).toBe('/console/sign-in');
});

test('a relayed code comes without its number: the wrong one burns it, and nobody is let in', async () => {
  const screen = await newScreen();
  const url = codeText(await screen.content());
  const phone = await phoneOf('oConsoleOwner');
  await answer(phone, url, (await numberOn(screen)) === '10' ? '11' : '10');
  await phone.getByRole('heading', { name: '数字不对' }).waitFor();
  await screen.getByText('这个码已经作废').waitFor();
  // To whoever does not work here it offers no form.
  const stranger = await phoneOf('oConsoleStranger');
  await stranger.goto(codeText(await screen.content()));
  await stranger.getByRole('heading', { name: '这个微信还不能登录后台' }).waitFor();
});
