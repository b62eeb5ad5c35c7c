/** 收银员的一天 in a real browser: the customer shows her coupon and her member code at 360 px, the cashier uses it, goods come back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { line, refund, sale } from '../support/builders.ts';
import { openBrowser } from '../support/browser.ts';
import { scan } from '../support/scanner.ts';
import { openCounter, type Counter } from './counter-support.ts';
import { browserOf, serve, type Served } from './served.ts';
import { logIn } from './support.ts';

const origin = 'http://127.0.0.1';
const pictures = mkdtempSync(join(tmpdir(), 'huike-counter-'));
let counter: Counter;
let served: Served;
let browser: Browser;
let customer: Page;
let cashier: Page;

beforeAll(async () => {
  counter = await openCounter(
    {
      满80减8: { valueFen: 800, minSpendFen: 8_000 },
      九折: { kind: 'percent', payBps: 9_000, minSpendFen: 50_000 },
      小样: { kind: 'gift' },
    },
    { origin },
  );
  const phone = counter.visitor({ origin });
  await logIn(counter, phone, 'oWang');
  [served, browser] = await Promise.all([serve(counter.app), openBrowser()]);
  customer = await (await browserOf(browser, served.url, phone, 360)).newPage();
  cashier = await (await browserOf(browser, served.url, counter.cashier, 360)).newPage();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  rmSync(pictures, { recursive: true });
});

const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

/** What a scanner reads of the customer's screen; every code on it says the same. */
async function scanned(name: string): Promise<string> {
  const texts = new Set((await scan(await picture(customer, name))).map(({ text }) => text));
  expect(texts.size).toBe(1);
  return [...texts][0] ?? '';
}

const openCoupon = async (): Promise<void> => {
  await customer.goto(`${served.url}/m/`);
  await customer.getByRole('link', { name: '满80减8' }).click();
};
const offer = (name: string) => cashier.locator('[data-offer]').filter({ hasText: name });

async function lookFor(text: string, amount: string, orderNo: string): Promise<void> {
  await cashier.goto(`${served.url}/console/redeem`);
  await cashier.getByLabel('券码、套餐码、会员码或手机尾号').fill(text);
  await cashier.getByLabel('这单多少元').fill(amount);
  await cashier.getByLabel('小票号').fill(orderNo);
  await cashier.getByRole('button', { name: '查券' }).click();
}

describe('at the counter', () => {
  test('the coupon on her screen is read, is worth 8 of 128 yuan, and is used by one of two taps', async () => {
    await openCoupon();
    await lookFor(await scanned('coupon'), '128', 'B');
    await offer('满80减8').getByText('减 8 元，还收 120 元').waitFor();
    await picture(cashier, 'offer');
    await offer('满80减8').getByRole('button', { name: '核销这张' }).dblclick();
    await cashier.getByText('已核销：满80减8，减 8 元，还收 120 元').waitFor();
    await picture(cashier, 'used');
    await openUsed();
    const acts = counter.shop.db.all('SELECT act FROM coupon_moves').map(({ act }) => act);
    expect(acts).toEqual(['used']);
  });

  test('of half that comes back the coupon stays used; of all of it, it is hers again', async () => {
    const { shop } = counter;
    const lines = ['1', '2'].map((lineNo) => line({ lineNo, amountFen: 6_000 }));
    await shop.tell(sale({ orderNo: 'B', member: { externalId: 'M1' }, lines }));
    await shop.tell(
      refund({ orderNo: 'B', refundNo: 'R1', lines: [line({ originalLineNo: '1', amountFen: 6_000 })] }),
    );
    await openUsed();
    await customer.goto(`${served.url}/m/`);
    expect(await customer.getByRole('link', { name: '满80减8' }).count()).toBe(0);
    await shop.tell(
      refund({ orderNo: 'B', refundNo: 'R2', lines: [line({ originalLineNo: '2', amountFen: 6_000 })] }),
    );
    await openCoupon();
    await customer.getByText('退回').waitFor();
    await picture(customer, 'given-back');
    expect(await customer.locator('[data-code]').count()).toBe(1);
  });

  test('her member code shows all her coupons, each with its worth or why not; the gift has no amount; what is undone is hers again', async () => {
    await customer.goto(`${served.url}/m/code`);
    await lookFor(await scanned('member-code'), '128', '');
    await offer('满80减8').getByText('减 8 元').waitFor();
    await offer('九折').getByText('现在 128元，要满 500元').waitFor();
    await offer('小样').getByText('不减钱').waitFor();
    await picture(cashier, 'offers');
    await cashier.setViewportSize({ width: 1280, height: 850 });
    await picture(cashier, 'offers-wide');
    await cashier.setViewportSize({ width: 360, height: 800 });
    await offer('小样').getByRole('button', { name: '核销这张' }).click();
    await cashier.getByText('已核销：小样').waitFor();
    await cashier.getByRole('button', { name: '撤销' }).first().click();
    await cashier.getByText('已撤销，这张券又可以用了').waitFor();
  });
});

/** Among those that are over, with when it was used. */
async function openUsed(): Promise<void> {
  await customer.goto(`${served.url}/m/coupons`);
  await customer.getByText('已使用').first().waitFor();
}
