/** 选商品: a campaign names what the shop sells by its name; the code is what is kept. */
import { beforeAll, expect, test } from 'vitest';
import { findGoods } from '../../../workers/db/shop/goods.ts';
import { line, product, sale, store } from '../../support/builders.ts';
import { openShop } from '../../support/shop.ts';
import { openConsole, type Console } from './support.ts';

let console_: Console;
beforeAll(async () => {
  const shop = await openShop({
    stores: [store({ id: '8005' }), store({ id: '8006' })],
    products: [
      product({ sku: '690111', name: '牧童A2奶粉1段', brand: '牧童', categoryPath: milk, tags: ['奶粉客'] }),
      product({ sku: '690112', name: '牧童A2奶粉2段', brand: '牧童', categoryPath: milk }),
      product({
        sku: '690120',
        name: '拉拉裤 XL',
        brand: '云绵',
        categoryPath: [{ id: '02', name: '纸尿裤' }],
      }),
    ],
  });
  console_ = await openConsole({ shop });
  // A till sells what no file ever told of.
  await shop.tell(
    sale({
      lines: [
        line({ sku: '690130', name: '有机米粉', categoryIds: ['04'], brand: '小谷', amountFen: 3_000 }),
      ],
    }),
  );
});
const milk = [
  { id: '01', name: '奶粉' },
  { id: '0101', name: '牧童' },
];

/** A campaign for 30 yuan of goods of this kind. */
const campaign = (fields: Readonly<Record<string, string>>) => ({
  name: '买奶粉送积分',
  trigger: 'sale.completed',
  status: 'active',
  'conditions~count': '1',
  'conditions[0].kind': 'spend',
  'conditions[0].scope': 'category',
  'conditions[0].measure': 'amount',
  'conditions[0].atLeast': '30',
  'rewards~count': '1',
  'rewards[0].kind': 'points',
  'rewards[0].points': '10',
  'exclude~count': '0',
  repeat: 'once',
  pick: 'best',
  priority: '0',
  ...fields,
});
const path = '/console/campaigns/new';
const send = (fields: Readonly<Record<string, string>>) => console_.send(path, campaign(fields));
const ids = 'conditions[0].ids';
const find = { '~act': `find:${ids}` };

test.each([
  ['category', '奶', '奶粉 <small>01</small>'],
  ['category', '0101', '牧童 <small>0101</small>'],
  ['sku', '奶粉1段', '牧童A2奶粉1段 <small>690111</small>'],
  ['sku', '米粉', '有机米粉 <small>690130</small>'],
  ['brand', '小', '小谷'],
])('looked for among %s, “%s” finds it under its name, with its code beside', async (scope, part, shown) => {
  const { text } = await send({ ...find, 'conditions[0].scope': scope, [`${ids}~find`]: part });
  expect(text.replaceAll(/\s+/g, ' ')).toContain(shown);
});

test('without a word, the categories that most goods have stand first', async () => {
  expect(await findGoods(console_.shop.db, 'category', '', 10)).toEqual([
    { code: '01', name: '奶粉' },
    { code: '0101', name: '牧童' },
    { code: '04', name: '04' },
    { code: '02', name: '纸尿裤' },
  ]);
});

test('Enter behind what one looks for finds it, and saves nothing', async () => {
  const { status, text } = await send({ [`${ids}~find`]: '没有的' });
  expect([status, text.includes('店里没有叫“没有的”的品类')]).toEqual([200, true]);
});

test('what is ticked is kept by its code, and called by its name when the campaign is opened again', async () => {
  expect((await send({ name: '奶粉活动', [ids]: '01' })).status).toBe(303);
  const [row] = console_.shop.db.all(
    `SELECT id, definition FROM campaigns WHERE definition LIKE '%奶粉活动%'`,
  );
  expect(String(row?.['definition'])).toContain('"ids":["01"]');
  const { text } = await console_.owner.get(`/console/campaigns/${String(row?.['id'])}`);
  expect(text.replaceAll(/\s+/g, ' ')).toContain('奶粉 <small>01</small>');
});

test('a code that the shop has never seen is asked about once, and then kept', async () => {
  const typed = { name: '新品活动', [`${ids}~more`]: '0999，01' };
  const asked = await send(typed);
  expect([asked.status, asked.text.includes('还没有存'), asked.text.includes('没见过')]).toEqual([
    422,
    true,
    true,
  ]);
  expect(asked.text).toContain(`name="${ids}~warned" value="0999"`);
  const kept = await send({ ...typed, [`${ids}~warned`]: '0999' });
  expect(kept.status).toBe(303);
  expect(
    console_.shop.db.all(`SELECT id FROM campaigns WHERE definition LIKE '%"ids":["0999","01"]%'`),
  ).toHaveLength(1);
});

test('a condition on stores offers every store by name', async () => {
  const { text } = await send({ ...find, 'conditions[0].kind': 'store' });
  expect(text.replaceAll(/\s+/g, ' ')).toContain('天河店 <small>8005</small>');
});

test('the first words of a name are one range of an index, and the codes of goods are looked up', async () => {
  const { db } = console_.shop;
  const steps = (sql: string, ...params: string[]) =>
    db.all(`EXPLAIN QUERY PLAN ${sql}`, ...params).map(({ detail }) => String(detail));
  expect(
    steps(
      `SELECT sku, name FROM products WHERE name >= ?1 AND name < ?1 || char(0x10ffff) ORDER BY name`,
      '奶',
    ),
  ).toEqual(['SEARCH products USING COVERING INDEX products_name (name>? AND name<?)']);
  expect(
    steps(`SELECT sku, name FROM product_facts WHERE sku IN (SELECT value FROM json_each(?1))`, '[]')[0],
  ).toContain('USING COVERING INDEX product_facts_sku');
});
