/** 消费记录 on her phone: found by a product's name or code, and opened with its goods, coupons, points and returns. */
import { expect, test } from 'vitest';
import { campaign, line, product, refund, sale, template, voided } from '../../support/builders.ts';
import { couponRows } from '../../support/shop.ts';
import { words, type Answered } from '../support.ts';
import { mother, openHouse, type House } from './support.ts';

const products = [
  product({ sku: '6901234', name: '牧童A2奶粉3段' }),
  product({ sku: '6902101', name: '云绵纸尿裤L' }),
];
const bought = (orderNo: string, sku: string, given: object = {}) =>
  sale({ orderNo, member: mother, lines: [line({ sku, amountFen: 10_360 })], ...given });
const ordersIn = ({ text }: Answered): string[] =>
  [...text.matchAll(/one\?of=pos%3A([\w-]+)"/g)].map(([, orderNo = '']) => orderNo);

async function twoBought(): Promise<House> {
  const house = await openHouse({ products });
  await house.shop.tell(
    bought('8005-371', '6901234', { at: '2026-11-20 10:00' }),
    bought('8005-372', '6902101', { at: '2026-11-21 10:00' }),
  );
  return house;
}

test.each([
  ['', ['8005-372', '8005-371']],
  ['奶粉', ['8005-371']],
  ['6902101', ['8005-372']],
  ['a2', ['8005-371']],
  ['8005-37', ['8005-372', '8005-371']],
  ['洗衣液', []],
  ["%' OR 1=1 --", []],
])('looking for “%s” finds %j', async (text, orders) => {
  const house = await twoBought();
  expect(ordersIn(await house.phone.get(`/m/purchases?q=${encodeURIComponent(text)}`))).toEqual(orders);
});

test('what she typed is shown as text, and nothing is found', async () => {
  const house = await twoBought();
  const page = await house.phone.get(`/m/purchases?q=${encodeURIComponent('<b>"x"')}`);
  expect(page.text).not.toContain('<b>"x"');
  expect(page.text).toContain('没有买过“&lt;b&gt;&quot;x&quot;”。');
});

test('with 250 purchases the oldest is found on the second look, and 45 of one product are on three pages', async () => {
  const house = await openHouse({ products });
  await house.shop.tell(bought('old', '6902101', { at: '2026-01-01 09:00' }));
  const many = Array.from({ length: 250 }, (_, place) =>
    bought(`N${String(place)}`, '6901234', {
      at: `2026-11-${String(1 + (place % 20)).padStart(2, '0')} 10:00`,
    }),
  );
  for (let from = 0; from < many.length; from += 50) await house.shop.tell(...many.slice(from, from + 50));
  const first = await house.phone.get('/m/purchases?q=6902101');
  expect(words(first)).toContain('这一段里没有，更早的还没有找。');
  const older = /href="(\/m\/purchases\?q=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(ordersIn(await house.phone.get(older))).toEqual(['old']);
  const seen: string[] = [];
  for (let path: string | undefined = '/m/purchases'; path !== undefined;) {
    const page: Answered = await house.phone.get(path);
    seen.push(...ordersIn(page));
    path = /href="(\/m\/purchases\?before=[^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect([seen.length, new Set(seen).size]).toEqual([251, 251]);
});

test('a purchase shows its goods, the coupon that paid part of it, what it earned, and what came back and went again', async () => {
  const house = await openHouse({
    products,
    templates: [template('满80减8', { minSpendFen: 8_000 })],
    campaigns: [
      campaign('满188送100分'),
      campaign('首单券', {
        conditions: [],
        rewards: [{ kind: 'coupon', templateId: '满80减8' }],
        limits: { perMember: 1 },
      }),
    ],
  });
  await house.shop.tell(bought('A', '6901234'));
  const [coupon] = couponRows(house.shop.db);
  await house.shop.tell(
    sale({
      orderNo: 'B',
      member: mother,
      couponCodes: [coupon?.id ?? ''],
      paidFen: 21_240,
      lines: [
        line({ lineNo: '1', sku: '6901234', quantity: '2', amountFen: 9_140 }),
        line({ lineNo: '2', sku: '6902101', amountFen: 12_100 }),
      ],
    }),
  );
  const before = await house.page('/m/purchases/one?of=pos%3AB');
  expect(before).toContain('212.40 元 11月22日 14:59，天河店，单号 B');
  expect(before).toContain('牧童A2奶粉3段 6901234 × 2 91.40 元 云绵纸尿裤L 6902101 × 1 121 元');
  expect(before).toMatch(/怎么付的 满80减8 (−8 元|已用) 实付 212\.40 元/);
  expect(before).toContain('积分 商品 212，活动 100 312');
  await house.shop.tell(
    refund({ orderNo: 'B', lines: [line({ lineNo: '2', sku: '6902101', amountFen: 12_100 })] }),
  );
  const after = await house.page('/m/purchases/one?of=pos%3AB');
  expect(after).toContain('实付 212.40 元 退货以后 91.40 元');
  expect(after).toContain('得到了什么 积分 91');
  expect(after).toContain('退了什么 云绵纸尿裤L × 1 11月23日 10:00，退货单 R1 −121 元');
});

test('a receipt that was taken back whole says so', async () => {
  const house = await twoBought();
  await house.shop.tell(voided({ orderNo: '8005-371' }));
  expect(await house.page('/m/purchases/one?of=pos%3A8005-371')).toContain('这单已经作废。');
  expect(await house.page('/m/purchases')).toContain('已作废');
});

test('somebody else’s receipt is not there, also for whoever knows its number', async () => {
  const house = await twoBought();
  await house.shop.tell(sale({ orderNo: 'theirs', member: { externalId: 'M2', phone: '13866309097' } }));
  for (const of of ['pos%3Atheirs', 'pos%3Anobody', '']) {
    const page = await house.phone.get(`/m/purchases/one?of=${of}`);
    expect([page.status, words(page)]).toEqual([404, expect.stringContaining('没有这笔消费')]);
  }
  expect(ordersIn(await house.phone.get('/m/purchases?q=theirs'))).toEqual([]);
});
