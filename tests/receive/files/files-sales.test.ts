/** 导入销售: what a till exported is decided like what a till sends, once, however often the file comes. */
import { expect, test } from 'vitest';
import { mentions, misbehaving } from '../../support/faults.ts';
import { balanceOf, inboxRows, ledgerFaults, rowCounts, saleRows } from '../../support/shop.ts';
import { counter, gbk, utf8, xlsx } from './files-support.ts';

const header = '订单号,销售时间,门店编号,会员手机号,商品编码,商品名称,数量,金额(元),整单实收(元)';
const file = (...rows: string[]): string => [header, ...rows].join('\r\n');
const milk = 'T1,2026-11-22 14:59:00,8005,13912345487,6901,有机奶粉,2,207.20,230.00';
const cap = 'T1,2026-11-22 14:59:00,8005,13912345487,6902,帽子,1,22.80,230.00';
const other = 'T2,2026/11/22 15:10,8005,13800138000,6901,有机奶粉,0.515,53.35,';

test('two lines of one receipt become one sale that earns once; the same file again changes nothing', async () => {
  const { shop, upload } = await counter();
  expect(await upload(file(milk, cap, other))).toMatchObject({
    rows: 3,
    records: 2,
    fresh: 2,
    changed: 0,
    unchanged: 0,
    badRows: 0,
    errors: [],
  });
  await shop.work();
  expect(saleRows(shop.db).map(({ id, paidFen, occurredOn }) => [id, paidFen, occurredOn])).toEqual([
    ['pos:T1', 23_000, '2026-11-22'],
    ['pos:T2', 5335, '2026-11-22'],
  ]);
  expect(balanceOf(shop.db, 'phone:13912345487')).toBe(230);
  const counts = rowCounts(shop.db);
  expect(await upload(file(milk, cap, other))).toMatchObject({ fresh: 0, changed: 0, unchanged: 2 });
  await shop.work();
  expect(rowCounts(shop.db)).toEqual(counts);
});

test('a changed row is a new version: the points follow, also when it is changed back', async () => {
  const { shop, upload } = await counter();
  await upload(file(milk, cap));
  await shop.work();
  const corrected = file(milk.replaceAll('230.00', '207.20'));
  expect(await upload(corrected)).toMatchObject({ fresh: 0, changed: 1 });
  await shop.work();
  expect(balanceOf(shop.db, 'phone:13912345487')).toBe(207);
  await upload(file(milk, cap));
  await shop.work();
  expect(balanceOf(shop.db, 'phone:13912345487')).toBe(230);
  expect(saleRows(shop.db).map(({ version }) => version)).toEqual(['3']);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('looking first writes nothing and shows the events that would come', async () => {
  const { shop, upload } = await counter();
  const before = rowCounts(shop.db);
  const report = await upload(file(milk, cap, other), { mode: 'preview' });
  expect(rowCounts(shop.db)).toEqual(before);
  expect(report.sample[0]).toEqual({
    type: 'sale.completed',
    id: 'sale:T1@1',
    occurredAt: '2026-11-22T14:59:00+08:00',
    fromFile: true,
    data: {
      orderNo: 'T1',
      version: '1',
      store: { id: '8005' },
      member: { phone: '13912345487' },
      lines: [
        { lineNo: '1', kind: 'normal', sku: '6901', name: '有机奶粉', quantity: '2', amountFen: 20_720 },
        { lineNo: '2', kind: 'normal', sku: '6902', name: '帽子', quantity: '1', amountFen: 2280 },
      ],
      amounts: { paidFen: 23_000, shippingFen: 0 },
    },
  });
});

test('a bad line holds back its receipt and no other, and is named by line and column; mended, only it is new', async () => {
  const { shop, upload } = await counter();
  const report = await upload(
    file(
      milk,
      cap.replace('22.80', '二十二'),
      other.replace('13800138000', '138****8000'),
      'T3,2026-11-22,8005,,6901,奶粉,1,1.005,',
    ),
  );
  expect(report).toMatchObject({ rows: 4, records: 0, badRows: 4 });
  expect(report.errors).toEqual([
    { line: 2, column: null, message: '同一单 T1 的第 3 行有误，整单未导入' },
    { line: 3, column: '金额(元)', message: '“二十二”不是以元为单位的金额' },
    { line: 4, column: '会员手机号', message: '是打了星号的手机号，请导出完整的号码' },
    { line: 5, column: '金额(元)', message: '“1.005”不是以元为单位的金额' },
  ]);
  expect(await upload(file(milk, cap.replace('22.80', '二十二'), other))).toMatchObject({
    fresh: 1,
    badRows: 2,
  });
  expect(await upload(file(milk, cap, other))).toMatchObject({ fresh: 1, unchanged: 1, badRows: 0 });
  await shop.work();
  expect(saleRows(shop.db).map(({ id }) => id)).toEqual(['pos:T1', 'pos:T2']);
});

test('rows of one receipt that contradict each other are an error, not a guess', async () => {
  const { upload } = await counter();
  const report = await upload(file(milk, cap.replace('13912345487', '13800138000')));
  expect(report.errors).toEqual([
    { line: 3, column: '会员手机号', message: '同一订单号 T1 的各行不一致，应与第 2 行相同' },
  ]);
});

test('a return takes back what its receipt earned; one without an original number goes by the member', async () => {
  const { shop, upload } = await counter();
  await upload(file(milk, cap));
  await shop.work();
  const returns = [
    '单据类型,订单号,原单号,销售时间,门店编号,会员手机号,商品编码,数量,金额(元)',
    '退货,R1,T1,2026-11-23 10:00,8005,13912345487,6902,-1,-22.80',
    '退货,R2,,2026-11-23 10:05,8005,13912345487,6901,1,10.00',
  ].join('\n');
  await upload(returns);
  await shop.work();
  expect(inboxRows(shop.db).map(({ type, state }) => [type, state])).toEqual([
    ['sale.completed', 'done'],
    ['refund.completed', 'done'],
    ['refund.completed', 'done'],
  ]);
  expect(balanceOf(shop.db, 'phone:13912345487')).toBeLessThan(210);
});

test.each([
  ['UTF-8', (text: string) => utf8(text)],
  ['UTF-8 with a byte order mark', (text: string) => utf8(`\uFEFF${text}`)],
  ['GBK', gbk],
  [
    'UTF-16, as Excel’s Unicode text',
    (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')),
  ],
  ['GBK with tabs', (text: string) => gbk(text.replaceAll(',', '\t'))],
])('the same sales come out of a file in %s', async (_, encode) => {
  const { upload } = await counter();
  const report = await upload(encode(file(milk, cap, other)), { mode: 'preview' });
  expect(report).toMatchObject({ records: 2, errors: [], ignoredColumns: [] });
  expect(JSON.stringify(report.sample)).toContain('有机奶粉');
});

test('a workbook says the same as the CSV it was made of: times as numbers, digits whole, sums without noise', async () => {
  const { upload } = await counter();
  const rows = [
    header.split(','),
    ['T1', 46_348.62430555555, '8005', 13_912_345_487, '6901', '有机奶粉', 2, 207.20000000000002, 230],
    [null, null, null, null, null, null, null, null, null],
    ['T1', 46_348.62430555555, '8005', 13_912_345_487, '6902', '帽子 & <围巾>', 1, 22.8, 230],
  ];
  const report = await upload(xlsx(rows), { mode: 'preview' });
  expect(report).toMatchObject({ rows: 2, records: 1, errors: [] });
  const [sale] = report.sample as { occurredAt: string; data: { lines: unknown; member: unknown } }[];
  expect(sale?.occurredAt).toBe('2026-11-22T14:59:00+08:00');
  expect(sale?.data.member).toEqual({ phone: '13912345487' });
  expect(sale?.data.lines).toEqual([
    { lineNo: '1', kind: 'normal', sku: '6901', name: '有机奶粉', quantity: '2', amountFen: 20_720 },
    { lineNo: '2', kind: 'normal', sku: '6902', name: '帽子 & <围巾>', quantity: '1', amountFen: 2280 },
  ]);
});

test('a barcode that a spreadsheet has rounded is refused, not imported with other digits', async () => {
  const { upload } = await counter();
  const csv = await upload(file(milk.replace('6901', '6.90123E+12')));
  expect(csv.errors[0]).toMatchObject({ line: 2, column: '商品编码' });
  const rows = [
    header.split(','),
    ['T1', '2026-11-22 14:59:00', '8005', null, 69_012_345_678_901_230_000, '奶粉', 1, 1, 1],
  ];
  expect((await upload(xlsx(rows))).errors[0]?.message).toContain('科学计数法');
});

test('money in fen and money in yuan are told apart by the heading, in Chinese and in English', async () => {
  const { upload } = await counter();
  const fen = 'orderNo,occurredAt,storeId,sku,quantity,amountFen\nT1,2026-11-22 14:59:00,8005,6901,1,20720';
  const [sale] = (await upload(fen, { mode: 'preview' })).sample as {
    data: { amounts: { paidFen: number } };
  }[];
  expect(sale?.data.amounts.paidFen).toBe(20_720);
  const both =
    'orderNo,occurredAt,storeId,sku,quantity,amountFen,金额\nT1,2026-11-22,8005,6901,1,20720,207.20';
  expect((await upload(both)).errors).toEqual([
    { line: 1, column: '金额', message: '与“amountFen”是同一列，请只保留一列' },
  ]);
});

test('a file without a needed column is refused with one error, and unknown columns are named', async () => {
  const { shop, upload } = await counter();
  const report = await upload('小票号,销售时间,门店,会员备注,条码,数量\nT1,2026-11-22,8005,爱笑,6901,1');
  expect(report).toMatchObject({ records: 0, badRows: 1, ignoredColumns: ['会员备注'] });
  expect(report.errors).toEqual([
    { line: 1, column: '金额(元)', message: '缺少这一列；也可以叫 金额、小计、销售金额' },
  ]);
  expect(inboxRows(shop.db)).toEqual([]);
});

const many = (count: number): string =>
  file(
    ...Array.from({ length: count }, (_, place) => `M${place},2026-11-22 14:59:00,8005,,6901,奶粉,1,10.00,`),
  );

test('20,001 rows are refused; 20,000 are read', async () => {
  const { shop, upload, refusal } = await counter();
  expect(await refusal(utf8(many(20_001)))).toBe('文件超过 20000 行数据，请分成几个文件上传');
  expect(inboxRows(shop.db)).toEqual([]);
  expect(await upload(many(20_000), { mode: 'preview' })).toMatchObject({ rows: 20_000, records: 20_000 });
});

test('killed in the middle of 1,200 receipts, the same file again brings the rest and nothing twice', async () => {
  for (const fault of ['down', 'reply-lost'] as const) {
    let batches = 0;
    let isDead = false;
    const through = misbehaving((statements) => {
      if (isDead) return 'down';
      if (!mentions(statements, 'INSERT INTO inbox')) return null;
      batches += 1;
      if (batches !== 2) return null;
      isDead = true;
      return fault;
    });
    const { shop, upload } = await counter({}, through);
    await expect(upload(many(1200))).rejects.toThrow('Network connection lost');
    expect(inboxRows(shop.db)).toHaveLength(fault === 'down' ? 500 : 1000);
    isDead = false;
    batches = 2;
    expect(await upload(many(1200))).toMatchObject({ fresh: fault === 'down' ? 700 : 200 });
    expect(new Set(inboxRows(shop.db).map(({ senderId }) => senderId)).size).toBe(1200);
    expect(inboxRows(shop.db)).toHaveLength(1200);
  }
});

test('a reply that is lost is found out and not written again', async () => {
  let batches = 0;
  const through = misbehaving((statements) => {
    if (mentions(statements, 'INSERT INTO inbox')) batches += 1;
    return batches === 1 && mentions(statements, 'INSERT INTO inbox') ? 'reply-lost' : null;
  });
  const { shop, upload } = await counter({}, through);
  expect(await upload(many(3))).toMatchObject({ fresh: 3 });
  expect(inboxRows(shop.db)).toHaveLength(3);
});

test('two different files of one receipt at once: one after the other, each with a version of its own', async () => {
  const { shop, upload } = await counter();
  await Promise.all([
    upload(file(milk)),
    upload(file(milk.replaceAll('207.20', '100.00').replace('230.00', '100.00'))),
  ]);
  await shop.work();
  expect(inboxRows(shop.db).map(({ senderId, state }) => [senderId, state])).toEqual([
    ['sale:T1@1', 'done'],
    ['sale:T1@2', 'done'],
  ]);
});

test('a return whose amount was corrected in a later file takes back what the later file says', async () => {
  const { shop, upload } = await counter();
  const back = (yuan: string): string =>
    `单号,单据类型,原单号,时间,门店,会员编号,条码,数量,金额\nR1,退货,T1,2026-11-23 10:00:00,8005,M1001,6901,1,${yuan}`;
  await upload('单号,时间,门店,会员编号,条码,数量,金额\nT1,2026-11-22 14:59:00,8005,M1001,6901,2,200.00');
  await upload(back('50.00'));
  await shop.work();
  expect(balanceOf(shop.db, 'ext:pos:M1001')).toBe(150);
  expect(await upload(back('80.00'))).toMatchObject({ fresh: 0, changed: 1 });
  await shop.work();
  expect(balanceOf(shop.db, 'ext:pos:M1001')).toBe(120);
  expect(await upload(back('80.00'))).toMatchObject({ fresh: 0, changed: 0, unchanged: 1 });
  expect(inboxRows(shop.db).map(({ senderId, state }) => [senderId, state])).toEqual([
    ['sale:T1@1', 'done'],
    ['refund:R1@1', 'done'],
    ['refund:R1@2', 'done'],
  ]);
});

test('a column with the business day is taken as the day the sale is counted in', async () => {
  const { shop, upload } = await counter();
  await upload(
    '单号,时间,营业日期,门店,条码,数量,金额\nT1,2026-11-23 00:30:00,2026-11-22 00:00:00,8005,6901,1,10.00',
  );
  await shop.work();
  expect(saleRows(shop.db)).toMatchObject([{ occurredOn: '2026-11-23', businessOn: '2026-11-22' }]);
});
