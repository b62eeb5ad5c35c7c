/** 导入会员和商品, templates, and files that are none. */
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { importKinds } from '../../../schema/index.ts';
import { fileKinds } from '../../../workers/receive/files/kinds.ts';
import { harmless, template } from '../../../workers/receive/files/template.ts';
import { inboxRows, memberRows, rowCounts } from '../../support/shop.ts';
import { counter, utf8, xlsx } from './files-support.ts';

test('members are made of their numbers; the same file again says nothing new', async () => {
  const { shop, upload } = await counter();
  const text = [
    '会员编号,会员卡号,手机,姓名,等级,积分,注册时间',
    'M1,00011,139-1234-5487,王女士,金卡,120,2024-05-01',
    'M2,,,李先生,,0,',
    ',,,无名,,,',
    'M1,00012,13800138000,重复,,,',
  ].join('\n');
  const report = await upload(text, { kind: 'members' });
  expect(report).toMatchObject({ rows: 4, records: 2, fresh: 2, badRows: 2, ignoredColumns: [] });
  expect(report.errors).toEqual([
    { line: 4, column: null, message: '会员编号、卡号、手机号至少填一个' },
    { line: 5, column: null, message: 'M1 在文件中出现了多次，只导入第一次' },
  ]);
  await shop.work();
  expect(
    memberRows(shop.db).map(({ name, phone, level, createdAt }) => [name, phone, level, createdAt]),
  ).toEqual(
    expect.arrayContaining([
      ['王女士', '13912345487', '金卡', Date.parse('2024-05-01T00:00:00+08:00')],
      ['李先生', null, null, shop.clock.now],
    ]),
  );
  const counts = rowCounts(shop.db);
  shop.clock.now += 60_000;
  expect(await upload(text, { kind: 'members' })).toMatchObject({ fresh: 0, changed: 0, unchanged: 2 });
  expect(rowCounts(shop.db)).toEqual(counts);
});

test('products carry their category path, tags and points factor', async () => {
  const { shop, upload } = await counter();
  const text =
    '货号,品名,分类编号,分类,品牌,标签,积分倍数,状态\n6901,奶粉,01/0101,奶粉/一段,爱他美,"奶粉客,高端",3倍,在售\n6902,旧款,,帽子,,,,下架';
  const report = await upload(text, { kind: 'products' });
  expect(report).toMatchObject({ records: 2, errors: [] });
  await shop.work();
  expect(shop.db.all('SELECT * FROM products ORDER BY sku')).toEqual([
    {
      sku: '6901',
      name: '奶粉',
      category_path: '[{"id":"01","name":"奶粉"},{"id":"0101","name":"一段"}]',
      brand: '爱他美',
      tags: '["奶粉客","高端"]',
      points_factor_milli: 3000,
      status: 'active',
      rev: 1,
    },
    {
      sku: '6902',
      name: '旧款',
      category_path: '[{"id":"帽子","name":"帽子"}]',
      brand: null,
      tags: '[]',
      points_factor_milli: 1000,
      status: 'removed',
      rev: 1,
    },
  ]);
});

test.each(importKinds.flatMap((kind) => (['csv', 'xlsx'] as const).map((format) => [kind, format] as const)))(
  'the template for %s as %s is a file that can be imported as it is',
  async (kind, format) => {
    const { upload } = await counter();
    const { bytes } = template(fileKinds[kind], format);
    const report = await upload(bytes, { kind, mode: 'preview' });
    expect(report).toMatchObject({ records: 1, badRows: 0, errors: [], ignoredColumns: [] });
  },
);

test('every entry of a workbook of ours carries the checksum that other readers insist on', () => {
  const bytes = Buffer.from(template(fileKinds.sales, 'xlsx').bytes);
  let entries = 0;
  for (let place = 0; bytes.readUInt32LE(place) === 0x04034b50; entries += 1) {
    const start = place + 30 + bytes.readUInt16LE(place + 26);
    const end = start + bytes.readUInt32LE(place + 18);
    expect(bytes.readUInt32LE(place + 14)).toBe(crc32(bytes.subarray(start, end)));
    place = end;
  }
  expect(entries).toBe(6);
});

test('no cell that we write is a formula, and what we made harmless is read as it was', async () => {
  for (const cell of ['=1+1', '+86', '-1', '@SUM(A1)', '\tx']) expect(harmless(cell)).toBe(`'${cell}`);
  expect(harmless('奶粉')).toBe('奶粉');
  for (const kind of importKinds) {
    const csv = new TextDecoder().decode(template(fileKinds[kind], 'csv').bytes);
    for (const cell of csv.replace('\uFEFF', '').split(/[\r\n,]/)) expect(cell).not.toMatch(/^[=+\-@\t]/);
  }
  const { upload } = await counter();
  const report = await upload('货号,品名\n"=""0012""",\'-8度冰袋', { kind: 'products', mode: 'preview' });
  expect(report.sample).toMatchObject([{ data: { sku: '0012', name: '-8度冰袋' } }]);
});

test.each([
  ['an empty file', utf8('\r\n\r\n'), '文件是空的'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), '不是'],
  ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), '旧版 .xls'],
  ['a workbook cut short', xlsx([['货号']]).slice(0, 300), '已损坏'],
  [
    'an archive of nothing',
    Uint8Array.of(0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)),
    '没有工作簿',
  ],
  ['a quote that never ends', utf8('货号,品名\n6901,"奶粉'), '引号没有成对'],
  ['6 MB', new Uint8Array(6_000_000), '超过 5 MB'],
])('%s is refused in words', async (_, bytes, words) => {
  const { shop, refusal } = await counter();
  expect(await refusal(bytes, 'products')).toContain(words);
  expect(inboxRows(shop.db)).toEqual([]);
});

test('宝宝生日 of a file is kept beside what the till and the shop know, and read in whatever way it is written', async () => {
  const { shop, upload } = await counter();
  await shop.tell({
    id: 'm1',
    type: 'member.created',
    occurredAt: '2026-11-22T14:59:00+08:00',
    data: { externalId: 'M1', children: [{ birthday: '2025-05-05', name: '小满' }] },
  });
  const report = await upload(
    [
      '会员编号,姓名,宝宝生日',
      'M1,王女士,2025/5/5、2023-01-31',
      'M2,李先生,2024.2.29；45999',
      'M3,赵女士,去年五月',
      'M4,钱女士,',
    ].join('\n'),
    { kind: 'members' },
  );
  expect(report.errors).toEqual([
    { line: 4, column: '宝宝生日', message: '“去年五月”不是时间，例如 2026-11-22 14:59:00' },
  ]);
  await shop.work();
  const children = Object.fromEntries(memberRows(shop.db).map((member) => [member.name, member.children]));
  const born = (day: string) => ({ born: day, isExpected: false });
  expect(children).toEqual({
    王女士: [{ ...born('2025-05-05'), name: '小满' }, born('2023-01-31')],
    李先生: [born('2024-02-29'), born('2025-12-08')],
    钱女士: null,
  });
});
