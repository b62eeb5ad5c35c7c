/** 接一台不认识的收银机 in a real browser, against the whole of Huike, by clicks alone: what it sends gives points, and is signed for. */
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../support/browser.ts';
import { forget, newStateDir, startHuike, type Running } from '../../../support/running.ts';
import { until } from '../../../support/until.ts';

const stateDir = newStateDir();
let huike: Running;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  huike = await startHuike(stateDir);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 850 }, locale: 'zh-CN' });
  page.setDefaultTimeout(100_000);
});
afterAll(async () => {
  await browser.close();
  await huike.stop();
  forget(stateDir);
});

const secret = 'street-2026-vendor-key';
const twoDigits = (part: number): string => String(part).padStart(2, '0');

/** 11:20 by the shop's clock, without saying whose. */
function local(at: Date): string {
  const [day = ''] = new Date(at.getTime() + 8 * 3_600_000).toISOString().split('T');
  return `${day} ${twoDigits((at.getUTCHours() + 8) % 24)}:${twoDigits(at.getUTCMinutes())}:00`;
}

/** A form; the goods as JSON in a field, one number as text and one not; yuan; upper-case MD5 over the sorted fields. */
function sold(no: string, key = secret): string {
  const goods = [
    { barcode: '6901234567892', title: '婴儿湿巾', num: '2', subtotal: '38.50' },
    { barcode: '6907992500133', title: '纯牛奶', num: 1, subtotal: '80.00' },
  ];
  const fields: Record<string, string> = {
    bill_no: no,
    bill_time: local(new Date(Date.now() - 60_000)),
    shop_code: 'JD01',
    vip_mobile: '13912340099',
    pay_amount: '118.50',
    goods: JSON.stringify(goods),
  };
  const names = Object.keys(fields).toSorted((one, other) => (one < other ? -1 : 1));
  const text = names.map((name) => `${name}=${fields[name] ?? ''}`).join('&');
  const sign = createHash('md5').update(`${text}&key=${key}`).digest('hex').toUpperCase();
  return new URLSearchParams({ ...fields, sign }).toString();
}

async function till(address: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(address, { method: 'POST', headers, body })).status;
}

let address = '';
const source = (): string => `${huike.url}/console/sources/street`;
const look = (): Promise<void> => page.getByRole('button', { name: '看一看' }).last().click();

/** Until the page of the source says it. */
const says = (text: string): Promise<void> =>
  until(async () => {
    await page.goto(source());
    return (await page.getByText(text).count()) > 0;
  }, 60_000);

test('an integrator connects a till that sends form-encoded bodies with odd JSON, by clicks alone, and its sale gives points', async () => {
  const [link = ''] = /\/console\/enter\/\w+/.exec(huike.output()) ?? [];
  await page.goto(huike.url + link);
  await page.getByLabel('您的称呼').fill('小李');
  await page.getByRole('button', { name: '开始' }).click();
  await page.getByRole('link', { name: '来源', exact: true }).click();
  await page.getByRole('link', { name: '接一个系统' }).click();
  await page.getByRole('link', { name: '别的收银机' }).click();
  await page.getByLabel('名称').fill('街道店收银');
  await page.getByLabel('编号').fill('street');
  await page.getByRole('button', { name: '登记' }).last().click();
  address = await page.getByLabel('推送地址').inputValue();
  expect(await till(address, sold('JD0001'))).toBe(200);

  await says('还没有说明的单据');
  await page.getByRole('link', { name: '改映射' }).click();
  const picks: readonly (readonly [RegExp, string])[] = [
    [/^发生时间/, 'bill_time'],
    [/^小票号/, 'bill_no'],
    [/^门店编号/, 'shop_code'],
    [/^手机号/, 'vip_mobile'],
    [/^实付/, 'pay_amount'],
    [/^商品 ?必须有/, 'goods'],
  ];
  for (const [label, path] of picks) await page.getByLabel(label).fill(path);
  await look();
  await page.getByText('商品编码：还没有说在哪一栏').waitFor();
  await page.getByLabel(/^商品编码/).fill('barcode');
  await page.getByLabel(/^数量/).fill('num');
  await page.getByLabel(/^这一行的金额/).fill('subtotal');
  await look();
  await page.getByText('都读出来了').waitFor();
  await page.getByRole('button', { name: '试运行' }).click();
  await page.getByText('会处理：销售').waitFor();
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('映射已经保存').waitFor();
  await page.getByRole('link', { name: '重新处理停着的' }).click();
  await page.getByRole('button', { name: '确认重新处理' }).click();
  await says('积分 +118');
});

test('its way of signing is found in what came and taken over by a click: then the address alone opens nothing', async () => {
  await page.goto(source());
  await page.getByRole('link', { name: '试签名' }).click();
  await page.getByLabel('密钥').last().fill(secret);
  await page.getByRole('button', { name: '试一试' }).last().click();
  await page.getByText('各栏按名字排好，连同密钥一起算').waitFor();
  await page.getByRole('button', { name: '用这种' }).first().click();
  await page.getByRole('heading', { name: '这个来源以后这样验签' }).waitFor();
  // What was changed is known everywhere within half a minute.
  await until(async () => (await till(address, sold('JD0002', 'somebody-elses-key'))) === 401, 60_000);
  expect(await till(address.replace(/\?.*/, ''), sold('JD0002'))).toBe(200);
});
