/** 会员的一晚 in a real browser at 360 px, without any script: every room is one tap from the centre, and none has anything wrong. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExchangeItemId, ExchangeItemInput } from '../../../schema/index.ts';
import { insertItem } from '../../../workers/db/points/exchange-items.ts';
import { checkIn } from '../../../workers/commands/points/check-in.ts';
import { EventId } from '../../../schema/index.ts';
import { campaign, line, product, recharge, refund, sale, template } from '../../support/builders.ts';
import { idOf, openPayShop } from '../../support/payout.ts';
import { openBrowser } from '../../support/browser.ts';
import { wrongOn } from '../looked-at.ts';
import { browserOf, serve, type Served } from '../served.ts';
import { logIn, openPages, withSms, type Pages } from '../support.ts';
import { mother } from './support.ts';

const origin = 'http://127.0.0.1';
/** Longer than any line, without a place to break. */
const longName = `牧童A2奶粉3段${'LongNameWithoutAnySpace'.repeat(2)}`;
const pictures = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'huike-evening-'));

let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;

/** A member who has something in every room. */
async function openEvening(): Promise<Pages> {
  const pay = await openPayShop({
    now: '2026-11-22 20:00',
    products: [
      product({ sku: '6901234567890', name: longName }),
      product({ sku: '6902101', name: '云绵纸尿裤L' }),
    ],
    templates: [template('满80减8', { minSpendFen: 8_000 }), template('68元券', { valueFen: 6_800 })],
    campaigns: [
      campaign('满188抽红包送积分', {
        rewards: [
          { kind: 'points', points: 100 },
          { kind: 'red-packet', minFen: 1_325, maxFen: 1_325 },
          { kind: 'coupon', templateId: '满80减8', count: 1 },
        ],
      }),
    ],
    settings: {
      ...withSms,
      publicUrl: 'https://shop.example',
      // Larger packets stay in the account until she takes them out.
      payout: { mode: 'transfer', minFen: 100, maxFen: 1_000, perMemberDayFen: 5_000 },
      points: { expiry: { mode: 'months', months: 12 }, pendingDays: 7 },
      checkIn: { on: true, firstDay: 5, moreEachDay: 1, cap: 20 },
      storedValue: {
        ceilingPercent: 10,
        plans: [{ name: '充100得300', paidFen: 10_000, principalFen: 10_000, bonusFen: 20_000 }],
      },
    },
  });
  const { shop, tell } = pay;
  const bought = (orderNo: string, sku: string, when: string, amountFen: number) =>
    sale({ orderNo, member: mother, at: when, lines: [line({ lineNo: '1', sku, amountFen })] });
  await tell(
    bought('8005-20261101-000371', '6901234567890', '2026-11-01 10:00', 9_999_900),
    bought('8005-372', '6902101', '2026-11-20 11:00', 24_700),
    refund({
      orderNo: '8005-372',
      refundNo: 'R1',
      at: '2026-11-21 11:00',
      lines: [line({ lineNo: '1', sku: '6902101', quantity: '0.5', amountFen: 12_350 })],
    }),
    recharge({ member: mother, principalFen: 10_000, bonusFen: 20_000 }),
  );
  const definition = ExchangeItemInput.parse({ name: '68元券', templateId: '68元券', points: 120 });
  const row = { definition, exchanged: 0, limitCount: null, createdAt: shop.clock.now };
  await shop.db.batch(insertItem({ ...row, id: ExchangeItemId.parse('x_1') }));
  await checkIn(
    pay.engine,
    { id: EventId.parse('ci_1'), memberId: idOf(shop, 'M1') },
    shop.clock.now - 86_400_000,
  );
  await pay.withdraw('M1', 500);
  await pay.round();
  return openPages({ shop: { ...shop, engine: pay.engine } });
}

beforeAll(async () => {
  const pages = await openEvening();
  const phone = pages.visitor({ origin });
  await logIn(pages, phone, mother.openid);
  [served, browser] = await Promise.all([serve(pages.app), openBrowser()]);
  context = await browserOf(browser, served.url, phone, 360);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await served.close();
  if (process.env['PICTURES'] === undefined) rmSync(pictures, { recursive: true });
});

const rooms = [
  ['积分', '/m/points'],
  ['余额', '/m/wallet'],
  ['储值', '/m/stored'],
  ['消费记录', '/m/purchases'],
  ['签到', '/m/check-in'],
  ['积分商城', '/m/shop'],
] as const;

test.each(rooms)('%s is one tap from the centre and one tap back, without a script', async (label, path) => {
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  await plain.addCookies(await context.cookies());
  const here = await plain.newPage();
  await here.goto(`${served.url}/m/`);
  await here.locator('.rooms').getByRole('link', { name: label }).first().click();
  expect(new URL(here.url()).pathname).toBe(path);
  await here.getByRole('link', { name: '回会员中心' }).click();
  expect(new URL(here.url()).pathname).toBe('/m/');
  await plain.close();
});

const receipt = '/m/purchases/one?of=pos%3A8005-372';
const looked = ['/m/', ...rooms.map(([, path]) => path), receipt, '/m/shop/x_1'];

test.each(looked)(
  '%s: nothing is serious, runs off or is too low for a thumb, by day and by night',
  async (path) => {
    expect(await wrongOn(page, served.url, path)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const name = `${path.replaceAll(/\W+/g, '-')}${colorScheme}.png`;
      await page.screenshot({ path: join(pictures, name), fullPage: true });
    }
  },
);

test('she looks for her diapers, opens the receipt, takes 5 yuan out of her wallet and sees them on their way', async () => {
  await page.goto(`${served.url}/m/purchases`);
  await page.getByLabel('找商品').fill('纸尿裤');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: '云绵纸尿裤L' }).click();
  await page.getByText('退货以后').waitFor();
  await page.goto(`${served.url}/m/wallet`);
  await page.getByLabel('提多少元').fill('5');
  await page.getByRole('button', { name: '提现' }).click();
  await page.getByText('已申请，正在提交给微信支付').waitFor();
  await page.goto(`${served.url}/m/wallet`);
  await page.getByText('余 3.25').waitFor();
});
