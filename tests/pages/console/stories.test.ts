/** 后台的故事 in a real browser: a parked receipt, a customer who waits, a manager of another store, a device far away, and markup in every text. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { consoleScreens } from '../../../workers/pages/console/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { line, sale } from '../../support/builders.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { logIn } from '../support.ts';
import { openFullShop } from './full-shop.ts';
import { employ, linkOf, signInAs, type Console } from './support.ts';
import { codeText } from '../../support/qr.ts';

let full: Console;
let served: Served;
let browser: Browser;
const contexts: BrowserContext[] = [];
const here = () => full.visitor({ origin: 'http://127.0.0.1' });

beforeAll(async () => {
  full = await openFullShop();
  [served, browser] = await Promise.all([serve(full.app), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

async function pageOf(visitor = here()): Promise<Page> {
  const context = await browserOf(browser, served.url, visitor);
  contexts.push(context);
  return context.newPage();
}
const ownersPage = async (): Promise<Page> => pageOf(await signInAs(full, full.boss, here()));

test('a parked receipt is found from the first page by clicks alone, says why, and is processed again', async () => {
  const { shop } = full;
  await shop.tell({ ...sale({ orderNo: '8005-999' }), data: { orderNo: '8005-999' } });
  const page = await ownersPage();
  await page.goto(`${served.url}/console/`);
  const step = page.getByRole('listitem').filter({ hasText: '销售或资料要人看' });
  await step.getByRole('link', { name: '去看' }).click();
  await page.getByRole('link', { name: '销售' }).first().click();
  await page.getByText('要人看').waitFor();
  await page.getByRole('button', { name: '重新处理' }).click();
  await page.getByRole('status').waitFor();
  await page.getByText('排队中').waitFor();
});

test('a customer who waits is answered, and what was said stands in the conversation', async () => {
  const page = await ownersPage();
  await page.goto(`${served.url}/console/`);
  const step = page.getByRole('listitem').filter({ hasText: '位顾客在等回复' });
  await step.getByRole('link', { name: '去回复' }).click();
  await page.getByRole('link', { name: '会员0' }).click();
  await page.getByLabel('回复').fill('有货，给您留一罐。');
  await page.getByRole('button', { name: '发送' }).click();
  await page.getByText('有货，给您留一罐。').waitFor();
});

test('a manager of another store finds nobody, and is told so where somebody gave her the address', async () => {
  const manager = await employ(full, 'manager', { name: '别店店长', storeIds: ['8007'] });
  const page = await pageOf(await signInAs(full, manager, here()));
  await page.goto(`${served.url}/console/members?q=13912345000`);
  await page.getByText('没有找到').first().waitFor();
  const [{ id = '' } = {}] = full.shop.db.all(`SELECT id FROM members WHERE phone = '13912345000'`);
  const answer = await page.goto(`${served.url}/console/members/${String(id)}`);
  expect(answer?.status()).toBe(404);
  await page.getByText('也可能属于别的门店').waitFor();
});

test('a device left behind is signed out from another, and stands before the door at its next touch', async () => {
  const boss = await employ(full, 'owner', { name: '第二位老板' });
  const left = await pageOf(await signInAs(full, boss, here()));
  await left.goto(`${served.url}/console/`);
  const page = await pageOf(await signInAs(full, boss, here()));
  await page.goto(`${served.url}/console/me`);
  const other = page.getByRole('row').filter({ hasNotText: '这一台' });
  await other.getByRole('button', { name: '退出' }).click();
  await page.getByRole('status').waitFor();
  await left.reload();
  expect(new URL(left.url()).pathname).toBe('/console/sign-in');
});

describe('the door', () => {
  test('a link lets in one browser; the second that presses stays outside, and so does whoever comes too late', async () => {
    const person = await employ(full, 'cashier', { name: '新收银员' });
    const link = served.url + (await linkOf(full, person));
    const [first, second, late] = [await pageOf(), await pageOf(), await pageOf()];
    for (const page of [first, second]) await page.goto(link);
    await first.getByRole('button', { name: '登录' }).click();
    await first.getByRole('heading', { name: '今天', exact: true }).waitFor();
    await second.getByRole('button', { name: '登录' }).click();
    await second.getByText('这个链接不能用了').waitFor();
    await late.goto(served.url + (await linkOf(full, person)));
    full.shop.clock.now += 600_001;
    await late.getByRole('button', { name: '登录' }).click();
    await late.getByText('这个链接不能用了').waitFor();
  });

  test('a code that is answered after its two minutes opens nothing', async () => {
    await employ(full, 'owner', { name: '扫码老板', openid: 'oScanner' });
    const screen = await pageOf();
    await screen.goto(`${served.url}/console/sign-in`);
    const number = (await screen.locator('.big').textContent())?.trim() ?? '';
    const { pathname, search } = new URL(codeText(await screen.content()));
    const visitor = here();
    await logIn(full, visitor, 'oScanner', pathname + search);
    const phone = await pageOf(visitor);
    await phone.goto(served.url + pathname + search);
    full.shop.clock.now += 2 * 60_000;
    await phone.getByLabel('电脑上的数字').fill(number);
    await phone.getByRole('button', { name: '是我，确认' }).click();
    await phone.getByText('这个码已经过期').waitFor();
    await screen.goto(`${served.url}/console/`);
    expect(new URL(screen.url()).pathname).toBe('/console/sign-in');
  });
});

const evil = `"><img src=evil>`;
const written = `input:not([type]), input[type=text], input[type=search], textarea`;

test('markup in every text that somebody may write is shown as text, on every page', async () => {
  const page = await ownersPage();
  await full.shop.tell(
    sale({ orderNo: evil, member: { phone: '13912399999', name: evil }, lines: [line({ name: evil })] }),
  );
  const memberId = String(full.shop.db.all(`SELECT id FROM members WHERE phone = '13912399999'`)[0]?.['id']);
  const forms = consoleScreens.flatMap(({ path, get, post }) =>
    get && post ? [path.replace(':id', memberId)] : [],
  );
  for (const path of forms) {
    await page.goto(served.url + path);
    for (const field of await page.locator('main').locator(written).all())
      if (await field.isVisible()) await field.fill(evil);
    const button = page.locator('main form[method=post] button.first').last();
    if ((await button.count()) > 0) await button.click();
    expect([path, await page.locator('img[src=evil]').count()]).toEqual([path, 0]);
  }
  for (const { path, get } of consoleScreens) {
    if (!get) continue;
    const address = path.replace(':id', memberId).replace(':account', 'points');
    await page.goto(
      `${served.url}${address}?q=${encodeURIComponent(evil)}&order=${encodeURIComponent(evil)}`,
    );
    expect([path, await page.locator('img[src=evil]').count()]).toEqual([path, 0]);
  }
}, 400_000);
