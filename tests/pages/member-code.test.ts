/** 会员码 on the phone: what she shows is what the till reads; offline it goes on by itself, and without a script it is loaded again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAssets } from '../../scripts/assets.ts';
import { memberByCode } from '../../workers/commands/member-codes/member-code.ts';
import { openBrowser } from '../support/browser.ts';
import { scan, scanDrawings } from '../support/scanner.ts';
import { browserOf, serve, type Served } from './served.ts';
import { openPages, signUp, words, type Pages } from './support.ts';

const nameOf = async ({ shop }: Pages, typed: string): Promise<string | null> => {
  const read = await memberByCode(shop.engine, { typed, by: 'token:till' }, shop.clock.now);
  return 'found' in read ? read.found.member.name : read.wrong;
};

describe('as the server writes it', () => {
  test('the barcode and the QR code say the number below them, which is hers, and it is loaded again when the minute is over', async () => {
    const pages = await openPages({ now: '2026-11-22 15:00' });
    const visitor = pages.visitor();
    await signUp(pages, visitor);
    pages.shop.clock.now += 20_000;
    const { text, headers } = await visitor.get('/m/code');
    const [, code = ''] = /data-code="(\d+)"/.exec(text) ?? [];
    expect(await scanDrawings(text)).toEqual([
      { format: 'Code128', text: code },
      { format: 'QRCode', text: code },
    ]);
    expect(await nameOf(pages, code)).toBe('陈小满');
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="40"/></noscript>');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(words(await visitor.get('/m/'))).toContain('会员码');
  });
});

describe('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huike-member-code-'));
  let pages: Pages;
  let served: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    await buildAssets(folder);
    pages = await openPages({ now: '2026-11-22 15:00' });
    const visitor = pages.visitor({ origin: 'http://127.0.0.1' });
    await signUp(pages, visitor);
    [served, browser] = await Promise.all([serve(pages.app), openBrowser()]);
    context = await browserOf(browser, served.url, visitor, 360);
    page = await context.newPage();
    const names: Record<string, string> = JSON.parse(readFileSync(join(folder, 'assets/names.json'), 'utf8'));
    await page.route('**/assets/member-code.js', (route) =>
      route.fulfill({ path: join(folder, names['member-code.js'] ?? ''), contentType: 'text/javascript' }),
    );
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true });
  });
  const shown = async (): Promise<string> =>
    (await page.locator('[data-code]').getAttribute('data-code')) ?? '';

  test('a minute later, without a network, on a phone whose clock is wrong, the next code stands there and is hers', async () => {
    // The phone is an hour behind.
    await page.clock.install({ time: new Date(pages.shop.clock.now - 3_600_000) });
    await page.goto(`${served.url}/m/code`);
    const first = await shown();
    expect(await nameOf(pages, first)).toBe('陈小满');
    await context.setOffline(true);
    for (const _ of [1, 2]) {
      const before = await shown();
      await page.clock.runFor(60_000);
      pages.shop.clock.now += 60_000;
      await page.locator(`[data-code]:not([data-code="${before}"])`).waitFor();
      const code = await shown();
      expect(await nameOf(pages, code)).toBe('陈小满');
      const picture = await page.screenshot({ path: '/tmp/member-code-360.png' });
      const scanned = await scan(picture);
      expect(new Set(scanned.map(({ format }) => format))).toEqual(new Set(['QRCode', 'Code128']));
      expect(new Set(scanned.map(({ text }) => text))).toEqual(new Set([code]));
    }
    // A photograph of the first is worth nothing any more.
    expect(await nameOf(pages, first)).toBe('over');
    await page.getByText('秒后自动换新').waitFor();
  });

  test('after two days without a network there is no code, and it says what to do', async () => {
    await page.clock.fastForward(3 * 86_400_000);
    await page.getByText('请联网刷新这一页').waitFor();
    expect(await page.locator('[data-code]').isVisible()).toBe(false);
  });
});
