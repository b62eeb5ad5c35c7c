/** 会员页 in a real browser, against the whole of Huike: WeChat’s login, the message with the code, the form, the purse. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openBrowser } from '../support/browser.ts';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';

const stateDir = newStateDir();
let huike: Running;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const troubles: string[] = [];

const Credentials = z.object({ apiToken: z.string() });
const Letters = z.object({ items: z.array(z.object({ text: z.string() })) });
const Created = z.looseObject({ id: z.string() });
const Members = z.object({
  items: z.array(z.looseObject({ id: z.string(), name: z.string().nullable(), points: z.int() })),
});

const read = async (path: string): Promise<unknown> => (await fetch(`${huike.url}${path}`)).json();

let apiToken = '';
async function api(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${huike.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiToken}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

beforeAll(async () => {
  [huike, browser] = await Promise.all([startHuike(stateDir), openBrowser()]);
  ({ apiToken } = Credentials.parse(await read('/sandbox/api/credentials')));
  const settings = z.looseObject({}).parse(await api('GET', '/settings'));
  const sms = {
    on: true,
    signName: '阳光小镇母婴',
    templates: { code: { id: 'SMS_100001', params: { code: 'code' } } },
  };
  await api('PUT', '/settings', { ...settings, sms });
  const validity = { relative: { afterDays: 0, forDays: 7 } };
  const coupon = { name: '新人无门槛券', kind: 'cash', valueFen: 500, validity };
  const { id: templateId } = Created.parse(await api('POST', '/coupon-templates', coupon));
  const rewards = [{ kind: 'coupon', templateId }];
  await api('POST', '/campaigns', { name: '新人礼', trigger: 'member.joined', status: 'active', rewards });
});
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(stateDir);
});
afterEach(async () => {
  await context.close();
  expect(troubles.splice(0)).toEqual([]);
});

type Phone = { readonly openid: string; readonly width?: number; readonly hasScripts?: boolean };

/** A phone whose WeChat account is `openid`; what its browser complains about fails the test. */
async function pickUp({ openid, width = 375, hasScripts = true }: Phone): Promise<void> {
  context = await browser.newContext({
    viewport: { width, height: 812 },
    locale: 'zh-CN',
    javaScriptEnabled: hasScripts,
  });
  await context.addCookies([{ name: 'sandbox-openid', value: openid, url: `${huike.url}/sandbox` }]);
  page = await context.newPage();
  page.setDefaultTimeout(100_000);
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (line) => {
    // A refusal of ours is not the browser's trouble.
    if (line.type() === 'error' && !/status of 4\d\d/.test(line.text())) troubles.push(line.text());
  });
}

async function codeFor(phone: string): Promise<string> {
  const { items } = Letters.parse(await read(`/sandbox/api/sms?phone=${phone}`));
  return /\d{6}/.exec(items[0]?.text ?? '')?.[0] ?? '';
}

const submit = () => page.locator('[data-submit]');

test('a mother finds the page, is told what is missing, gets her code, and sees her purse with the gift', async () => {
  const phone = '13912340001';
  await pickUp({ openid: 'oBrowserMother' });
  await page.goto(`${huike.url}/m/`);
  expect(new URL(page.url()).pathname).toBe('/m/register');
  await submit().click();
  await page.getByText('请填写手机号').waitFor();
  expect(await page.evaluate(`document.activeElement.id`)).toBe('phone');

  await page.getByLabel('手机号').fill(phone);
  expect(await page.getByText('请填写手机号').isVisible()).toBe(false);
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText('已发到 139****0001，5 分钟内有效').waitFor();
  await page.getByRole('button', { name: /^\d\d 秒后重发$/ }).waitFor();
  expect(await page.locator('[data-code]').isDisabled()).toBe(true);

  expect(await page.getByLabel('宝宝生日').isVisible()).toBe(false);
  await page.getByText('已出生').click();
  await page.getByLabel('宝宝生日').fill('2026-11-02');
  expect(await page.getByLabel('预产期').isVisible()).toBe(false);
  await page.getByLabel('短信验证码').fill(await codeFor(phone));
  await page.getByLabel('称呼').fill('周女士');
  await page.getByLabel('我同意').check();
  await submit().click();

  await page.getByText('注册成功，欢迎您！').waitFor();
  expect(new URL(page.url()).pathname).toBe('/m/');
  await page.getByRole('heading', { name: '周女士，您好' }).waitFor();
  await page.getByText('新人无门槛券').waitFor();
  const { items } = Members.parse(await api('GET', `/members?phone=${phone}`));
  expect(items).toMatchObject([{ name: '周女士', points: 0, source: null, stages: ['months-0-12'] }]);
  const coupons = Members.shape.items.element
    .pick({ id: true })
    .array()
    .parse(
      z.object({ items: z.array(z.unknown()) }).parse(await api('GET', `/members/${items[0]?.id}/coupons`))
        .items,
    );
  expect(await page.locator('[data-coupon]').count()).toBe(coupons.length);
});

test('without any script it goes the same way', async () => {
  const phone = '13912340002';
  await pickUp({ openid: 'oBrowserPlain', hasScripts: false });
  await page.goto(`${huike.url}/m/register?src=hospital`);
  await page.getByLabel('手机号').fill(phone);
  await page.getByText('暂无', { exact: true }).click();
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText('已发到 139****0002').waitFor();
  expect(await page.getByLabel('手机号').inputValue()).toBe(phone);
  await page.getByLabel('短信验证码').fill(await codeFor(phone));
  await page.getByLabel('我同意').check();
  // Enter on the keyboard registers; it does not send another code.
  await page.getByLabel('短信验证码').press('Enter');
  await page.getByText('注册成功，欢迎您！').waitFor();
  expect(Letters.parse(await read(`/sandbox/api/sms?phone=${phone}`)).items).toHaveLength(1);
  const { items } = Members.parse(await api('GET', `/members?phone=${phone}`));
  expect(items).toMatchObject([{ source: 'hospital', stages: [], joinedAt: expect.any(String) }]);
});

test('a browser that WeChat does not know yet is asked who it is, and 林小雨, who works here, is greeted', async () => {
  await pickUp({ openid: '' });
  await context.clearCookies();
  await page.goto(`${huike.url}/a/`);
  await page.getByRole('link', { name: '林小雨' }).click();
  await page.getByRole('heading', { name: '您好，林小雨' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/a/');
});

test('leaving asks, forgets, and a new visit begins with the form', async () => {
  const phone = '13912340003';
  await pickUp({ openid: 'oBrowserLeaver' });
  await page.goto(`${huike.url}/m/`);
  await page.getByLabel('手机号').fill(phone);
  await page.getByText('暂无', { exact: true }).click();
  await page.getByRole('button', { name: '发送验证码' }).click();
  await page.getByText('已发到').waitFor();
  await page.getByLabel('短信验证码').fill(await codeFor(phone));
  await page.getByLabel('我同意').check();
  await submit().click();
  await page.getByRole('link', { name: '注销会员' }).click();
  await page.getByText(/^[1-9] 张优惠券$/).waitFor();
  await page.getByRole('button', { name: '确认注销' }).click();
  await page.getByText('请先勾选，确认您要注销').waitFor();
  await page.getByLabel('仍然要注销').check();
  await page.getByRole('button', { name: '确认注销' }).click();
  await page.getByRole('heading', { name: '已经注销' }).waitFor();
  expect(Members.parse(await api('GET', `/members?phone=${phone}`)).items).toEqual([]);
  await page.goto(`${huike.url}/m/`);
  expect(new URL(page.url()).pathname).toBe('/m/register');
});

/** Text below 4.5 to 1 against what lies behind it, and things to press lower than 44 pixels. */
const shortcomings = `(() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || []).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((parts(color)[3] ?? 1) === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || getComputedStyle(element).display === 'none') continue;
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('');
    const isTold = text !== '' && !element.matches('script, .first');
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (isTold && ratio < 4.5) found.push(text + ' has a contrast of ' + ratio.toFixed(2));
    const isPressed = element.matches('button:not(.first), a.button, .line input, .baby > label, header a, footer a');
    if (isPressed && box.height < 44) found.push((text || element.id) + ' is ' + box.height + ' pixels high');
  }
  return found;
})()`;

const sideways = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;

describe('for everybody', () => {
  test.each([375, 320])(
    'every page can be read and pressed at %i pixels, also with the text twice as large',
    async (width) => {
      await pickUp({ openid: 'oBrowserMother', width });
      const fresh = `oBrowserFresh${String(width)}`;
      for (const path of ['/m/', '/m/leave', '/m/privacy', '/a/', '/m/nowhere', '/m/register']) {
        if (path === '/m/register') {
          await context.clearCookies();
          await context.addCookies([{ name: 'sandbox-openid', value: fresh, url: `${huike.url}/sandbox` }]);
        }
        await page.goto(`${huike.url}${path}`);
        if (path === '/m/register') await submit().click();
        if (path === '/m/register') await page.getByText('请选一项').waitFor();
        expect([path, await page.evaluate(shortcomings)]).toEqual([path, []]);
        expect([path, await page.evaluate(sideways)]).toEqual([path, 0]);
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
        expect([path, 'large', await page.evaluate(sideways)]).toEqual([path, 'large', 0]);
      }
    },
  );
});
