/** 单元格的写法: what people and programs write in a cell is what they meant, or is refused by line and column. */
import { expect, test } from 'vitest';
import { members } from '../../../workers/receive/files/members.ts';
import { salesColumns } from '../../../workers/receive/files/sales/columns.ts';
import { counter, xlsx } from './files-support.ts';

const clock = { zone: 'Asia/Shanghai', origin: '1900' } as const;
const columnOf = (key: string) => [...salesColumns, ...members.columns].find((column) => column.key === key);
const read = (key: string, cell: string): unknown => {
  const told = columnOf(key)?.kind(cell, clock);
  return told?.ok ? told.value : null;
};

test.each([
  ['2026/11/22 2:59:00 PM', '14:59:00'],
  ['2026-11-22 02:59 pm', '14:59:00'],
  ['2026年11月22日 14时59分', '14:59:00'],
  ['2026年11月22日14时59分30秒', '14:59:30'],
  ['2026年11月22日下午2点59分', '14:59:00'],
  ['2026-11-22 下午2:59', '14:59:00'],
  ['2026-11-22 下午 02:59:07', '14:59:07'],
  ['2026-11-22 星期日 14:59', '14:59:00'],
  ['2026-11-22（周日）14:59', '14:59:00'],
  ['２０２６－１１－２２　１４：５９', '14:59:00'],
  ['\u202d2026-11-22 14:59\u202c', '14:59:00'],
  ['2026-11-22\u00a014:59', '14:59:00'],
  ['2026-11-22 上午12:05', '00:05:00'],
  ['2026-11-22 12:05 AM', '00:05:00'],
  ['2026-11-22 12:05 p.m.', '12:05:00'],
  ['2026-11-22 中午12:05', '12:05:00'],
  ['2026-11-22 中午1:05', '13:05:00'],
  ['2026-11-22 晚上9点', '21:00:00'],
  ['2026-11-22 下午14:59', '14:59:00'],
])('“%s” is %s', (written, time) => {
  expect(read('occurredAt', written)).toBe(`2026-11-22T${time}+08:00`);
});

test.each([
  '2026-11-22 上午14:59',
  '2026-11-22 晚上12:05',
  '05/06/2026 14:59',
  '2026-11-22 下午',
  '下午2:59',
  'am',
])('“%s” may mean two times, or none, and is refused', (written) =>
  expect(read('occurredAt', written)).toBe(null),
);

test.each([
  ['－12.00', -1200],
  ['−12.00', -1200],
  ['１２．５０', 1250],
  ['１，２３４．５０', 123_450],
  ['￥100.00', 10_000],
  ['-¥100', -10_000],
  ['¥-100', -10_000],
  ['CNY 12.50', 1250],
  ['RMB12.5', 1250],
  ['12.50元', 1250],
  ['(12.00)', -1200],
  ['（12.00）', -1200],
  ['12.00-', -1200],
  ['1 234.50', 123_450],
  ['12.50\u200b', 1250],
  ['+12.50', 1250],
])('the amount “%s” is %d fen', (written, fen) => expect(read('amountYuan', written)).toBe(fen));

test.each(['$12.50', '1234,50', '1.234,50', '12.5万', '12元5角', '(12', '1 23', '--12', '十二'])(
  'the amount “%s” is refused',
  (written) => expect(read('amountYuan', written)).toBe(null),
);

test('whole numbers that a program wrote as fractions are whole: ids, phones, quantities', () => {
  expect(read('orderNo', '20261122001.0')).toBe('20261122001');
  expect(read('storeId', '8005.0')).toBe('8005');
  expect(read('phone', '13912345487.0')).toBe('13912345487');
  expect(read('quantity', '２.0')).toBe('2');
  expect(read('orderNo', '1.10')).toBe('1.10');
});

test.each([
  '0',
  '-',
  '—',
  '/',
  '无',
  '散客',
  '（空）',
  'NULL',
  'n/a',
  'None',
  'nan',
  '非会员',
  '未 留',
  '-1',
  '0.0',
])('“%s” where a phone would stand is no phone, and no fault of the sale', (written) =>
  expect(read('phone', written)).toBe(''),
);

test('one digit over and over is nobody’s phone; another number that is none is refused', () => {
  expect(['11111111111', '00000', '99999999'].map((one) => read('phone', one))).toEqual(['', '', '']);
  expect(read('phone', '王女士')).toBe('');
  for (const one of ['020-12345678', '85298765432', '13912345487/13800000000', '139****5487', '***********'])
    expect([one, read('phone', one)]).toEqual([one, null]);
});

const header = '订单号,销售时间,门店编号,会员手机号,商品编码,数量,金额';
const look = async (text: string) => (await counter()).upload(text, { mode: 'preview' });
const first = (report: { readonly sample: readonly unknown[] }) =>
  Object(report.sample[0]) as { data: unknown };

test('a sale of nobody is a sale', async () => {
  const report = await look(`${header}\nF1,2026-11-22 14:59,8005,散客,6901,1,100`);
  expect([report.errors, first(report).data]).toMatchObject([
    [],
    { orderNo: 'F1', lines: [{ sku: '6901' }] },
  ]);
  expect(first(report).data).not.toHaveProperty('member');
});

test('an apostrophe, a tab or ="…" before text guards it and is no part of it', async () => {
  const report = await look(`${header}\n'2026001,\t2026-11-22 14:59,"=""8005""",'13912345487,'0690\t,1,100`);
  expect([report.errors, first(report).data]).toMatchObject([
    [],
    { orderNo: '2026001', store: { id: '8005' }, member: { phone: '13912345487' }, lines: [{ sku: '0690' }] },
  ]);
  const workbook = await (
    await counter()
  ).upload(xlsx([header.split(','), ["'001", '2026-11-22 14:59', "'8005", null, "'0690", 1, 100]]), {
    mode: 'preview',
  });
  expect(first(workbook).data).toMatchObject({ orderNo: '001', store: { id: '8005' } });
});

test('what fails to be a value says so: #N/A of a look-up, a formula as text', async () => {
  const report = await look(`${header}\nF1,2026-11-22 14:59,8005,#N/A,6901,1,=F2*100`);
  expect(report.errors).toMatchObject([
    { line: 2, column: '会员手机号', message: '公式出错（#N/A），请改正后再上传' },
    { line: 2, column: '金额(元)', message: expect.stringContaining('没有结果的公式') as unknown },
  ]);
});

test.each([
  ['*订单号,"销售时间\n(必填)",门店 编号,商品编码(SKU),数量（件）,金额（元）'],
  ['订单号【必填】,销售时间[必填],门店编号<文本>,商品编码*,数量:,金额(人民币)'],
  ['订\u200b单号,\ufeff销售时间,门店编号\u00a0,商品编码,数量,金额'],
  ['ORDER_NO,Occurred At,Store-Id,SKU,Quantity,AMOUNT YUAN'],
  ['订单号必填,销售时间,门店编号,商品编码,数量,ＡＭＯＵＮＴ'],
])('%s are the headings of a sale', async (headings) => {
  const report = await look(`${headings}\nF1,2026-11-22 14:59,8005,6901,1,100`);
  expect([report.errors, report.records, report.ignoredColumns]).toEqual([[], 1, []]);
});

test('brackets that hold another unit are not passed over: ten thousands, cents, dollars', async () => {
  for (const amount of ['金额(万元)', '金额（角）', '金额(USD)']) {
    const report = await look(
      `订单号,销售时间,门店编号,商品编码,数量,${amount}\nF1,2026-11-22 14:59,8005,6901,1,100`,
    );
    expect([report.records, report.ignoredColumns]).toEqual([0, [amount]]);
  }
  const fen = await look(
    '订单号,销售时间,门店编号,商品编码,数量,金额(分)\nF1,2026-11-22 14:59,8005,6901,1,100',
  );
  expect(first(fen).data).toMatchObject({ amounts: { paidFen: 100 } });
});

test.each([
  ['金额（单位：分）', 10_000],
  ['金额（单位 分）', 10_000],
  ['小计[分]', 10_000],
  ['金额(分)(必填)', 10_000],
  ['金额（单位：元）', 1_000_000],
  ['金额(人民币，含税)', 1_000_000],
  ['销售金额【¥】', 1_000_000],
  ['实收金额(RMB)（必填）', 1_000_000],
])('10000 under “%s” are %d fen', async (amount, paidFen) => {
  const report = await look(
    `订单号,销售时间,门店编号,商品编码,数量,${amount}\nF1,2026-11-22 14:59,8005,6901,1,10000`,
  );
  expect([report.errors, first(report).data]).toMatchObject([[], { amounts: { paidFen } }]);
});

test.each(['HK$', '韩元', '单位：万元', '美元', 'NT$', '单位:角', '元/分', '泰铢', 'K', '不知道'])(
  'an amount in “%s” is not taken for yuan, neither of a line nor of the whole order',
  async (unit) => {
    const said = { line: 1, message: expect.stringContaining('不能确定是不是以元或分为单位') as unknown };
    const lines = await look(
      `订单号,销售时间,门店编号,商品编码,数量,金额(${unit})\nF1,2026-11-22 14:59,8005,6901,1,100`,
    );
    expect([lines.records, lines.errors]).toMatchObject([0, [{ ...said, column: `金额(${unit})` }]]);
    const whole = await look(`${header},实付（${unit}）\nF1,2026-11-22 14:59,8005,13912345487,6901,1,100,80`);
    expect([whole.records, whole.errors]).toMatchObject([0, [{ ...said, column: `实付（${unit}）` }]]);
  },
);

test('an amount in yuan is read, and the same in dollars beside it is passed over', async () => {
  for (const columns of ['金额(人民币),金额(美元)', '金额,金额(美元)']) {
    const report = await look(
      `订单号,销售时间,门店编号,商品编码,数量,${columns}\nF1,2026-11-22 14:59,8005,6901,1,100,14`,
    );
    expect([report.errors, report.ignoredColumns]).toEqual([[], ['金额(美元)']]);
    expect(first(report).data).toMatchObject({ amounts: { paidFen: 10_000 } });
  }
});

test('a thousand without its quotes moves no cell to another column: its order is refused, and no other', async () => {
  const report = await look(
    order(
      'F1,2026-11-22 14:59,8005,,6901,1,1,234.50',
      'F1,2026-11-22 14:59,8005,,6902,1,20',
      'F2,2026-11-22 14:59,8005,,6901,1,"1,234.50"',
      'F3,2026-11-22 14:59,8005,,6901,1,7,,,',
    ),
  );
  expect(report.sample).toMatchObject([
    { data: { orderNo: 'F2', amounts: { paidFen: 123_450 } } },
    { data: { orderNo: 'F3', amounts: { paidFen: 700 } } },
  ]);
  expect(report.errors).toEqual([
    {
      line: 2,
      column: null,
      message: '有 8 格，比表头的 7 列多：内容里有逗号的（例如 1,234.50）要加引号，或去掉逗号',
    },
    { line: 3, column: null, message: '同一单 F1 的第 2 行有误，整单未导入' },
  ]);
});

test('a note beside the table of a workbook is no cell of it', async () => {
  const { upload } = await counter();
  const rows = [header.split(','), ['F1', '2026-11-22 14:59', '8005', null, '6901', 1, 100, '已核对']];
  expect(await upload(xlsx(rows), { mode: 'preview' })).toMatchObject({ records: 1, errors: [] });
});

test('a column by its whole name comes before one by half of it, and two halves contradict each other', async () => {
  const row = 'F1,2026-11-22 14:59,8005,6901,X,1,100';
  const whole = await look(`订单号,销售时间,门店编号,商品编码,商品编码(ERP),数量,金额\n${row}`);
  expect([whole.records, whole.ignoredColumns]).toEqual([1, ['商品编码(ERP)']]);
  const halves = await look(`订单号,销售时间,门店编号,商品编码(SKU),商品编码(ERP),数量,金额\n${row}`);
  expect(halves.errors).toEqual([
    { line: 1, column: '商品编码(ERP)', message: '与“商品编码(SKU)”是同一列，请只保留一列' },
  ]);
});

test.each([
  ['sep=;', ';'],
  ['SEP=|', '|'],
  ['天河店\n查询时间：2026-11-22', '\t'],
])(
  'after “%s” the heading comes, and lines are counted as the file counts them',
  async (above, separator) => {
    const row = 'F1,2026-11-22 14:59,8005,,6901,1,错';
    const report = await look(`${above}\n${[header, row].join('\n').replaceAll(',', separator)}`);
    expect(report.errors).toMatchObject([{ line: above.split('\n').length + 2, column: '金额(元)' }]);
  },
);

test('a heading that lacks a column is still the line with most of them, by its own number', async () => {
  const report = await look(
    '门店：天河店\n\n订单号,销售时间,门店编号,商品编码,数量\nF1,2026-11-22 14:59,8005,6901,1',
  );
  expect(report.errors).toEqual([
    { line: 3, column: '金额(元)', message: '缺少这一列；也可以叫 金额、小计、销售金额' },
  ]);
});

const order = (...rows: string[]): string => [header, ...rows].join('\n');

test('a head written once holds for the rows below it', async () => {
  const report = await look(
    order(
      'F1,2026-11-22 14:59,8005,13912345487,6901,1,100',
      ',,,,6902,1,20',
      'F1,,,,6903,1,5',
      'F2,2026-11-22 15:00,8005,,6901,1,100',
    ),
  );
  expect(report.errors).toEqual([]);
  expect(report.sample).toMatchObject([
    { data: { orderNo: 'F1', member: { phone: '13912345487' }, amounts: { paidFen: 12_500 } } },
    { data: { orderNo: 'F2', amounts: { paidFen: 10_000 } } },
  ]);
});

test.each([
  ['has a time of its own', ',2026-11-22 16:00,8005,,6902,1,20', '订单号'],
  ['comes after a gap', '\n,,,,6902,1,20', '订单号'],
])(
  'a row without a number that %s is nobody’s: the order above it is not taken in by half',
  async (_, row, column) => {
    const report = await look(
      order('F1,2026-11-22 14:59,8005,,6901,1,100', row, 'F2,2026-11-22 15:00,8005,,6901,1,1'),
    );
    const line = row.startsWith('\n') ? 4 : 3;
    expect(report.sample).toMatchObject([{ data: { orderNo: 'F2' } }]);
    expect(report.errors).toContainEqual({ line, column, message: '不能为空' });
    expect(report.errors).toContainEqual({
      line: 2,
      column: null,
      message: `同一单 F1 的第 ${line} 行有误，整单未导入`,
    });
  },
);

test('what belongs to a line is not carried on: a product written once leaves its order out', async () => {
  const report = await look(order('F1,2026-11-22 14:59,8005,,6901,1,100', ',,,,,1,20'));
  expect([report.records, report.badRows]).toEqual([0, 2]);
});

test('a product called Total is a line of its order, also where the head of the order stands above it', async () => {
  const text = [
    '商品名称,订单号,销售时间,门店编号,商品编码,数量,金额',
    'Total 900ml,F1,2026-11-22 14:59,8005,6901,1,100',
    'Total 400ml,,,,6902,1,20',
  ].join('\n');
  expect(await look(text)).toMatchObject({
    warnings: [],
    errors: [],
    sample: [{ data: { orderNo: 'F1', amounts: { paidFen: 12_000 } } }],
  });
});

test('a total amid the rows, whatever column it stands in, is left out and said; a product of that name is a product', async () => {
  const report = await look(
    order(
      'F1,2026-11-22 14:59,8005,,6901,1,100',
      '小计:,,,,,1,100',
      'F2,2026-11-22 14:59,8005,,SUM,1,100',
      ',,,天河店 合计,,,',
      ',,,合 计（2 单）,,2,200',
    ),
  );
  expect([report.records, report.errors]).toEqual([2, []]);
  expect(report.warnings).toEqual(['第 3、5、6 行是合计，不是数据，没有导入']);
});
