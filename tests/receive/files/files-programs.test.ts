/** 各种程序写的文件: workbooks as real programs write them come to the sales that they show, or are said for what they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportReport } from '../../../schema/index.ts';
import { counter } from './files-support.ts';
import { zipped } from './zipped.ts';

const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../fixtures/files', name)));

const look = async (bytes: Uint8Array<ArrayBuffer>): Promise<ImportReport> =>
  (await counter()).upload(bytes, { mode: 'preview' });

type Event = {
  readonly occurredAt: string;
  readonly data: {
    readonly orderNo: string;
    readonly store: { readonly id: string };
    readonly member?: { readonly phone?: string };
    readonly lines: readonly { readonly sku: string; readonly name: string; readonly amountFen: number }[];
    readonly amounts: { readonly paidFen: number };
  };
};
const seen = ({ sample }: ImportReport): unknown[] =>
  (sample as readonly Event[]).map(({ occurredAt, data }) => [
    data.orderNo,
    occurredAt,
    data.store.id,
    data.member?.phone,
    data.lines.map(({ sku, amountFen }) => `${sku}: ${amountFen}`),
    data.amounts.paidFen,
  ]);
const sale = (orderNo: string): unknown[] => [
  orderNo,
  '2026-11-22T14:59:00+08:00',
  '8005',
  '13912345487',
  ['6901: 10000', '6902: 2000'],
  12_000,
];

test.each([
  'openpyxl-1904.xlsx',
  'exceljs-1904.xlsx',
  'libreoffice-1904.xlsx',
  'sheetjs-plain.xlsx',
  'libreoffice-gbk.csv',
])('%s is a sale of 22 November 2026, whatever year its days are counted from', async (name) => {
  const report = await look(fixture(name));
  expect([report.errors, seen(report)]).toEqual([[], [sale('F-1')]]);
});

test('an order whose head is merged over its rows has all its rows', async () => {
  const report = await look(fixture('openpyxl-merged-heads.xlsx'));
  expect([report.errors, seen(report)]).toEqual([[], [sale('F-1'), sale('F-2')]]);
});

test('titles above the heading and totals below are no orders, and the merchant is told of the totals', async () => {
  const report = await look(fixture('openpyxl-titles-and-totals.xlsx'));
  expect([report.rows, report.badRows, seen(report)]).toEqual([4, 0, [sale('F-1'), sale('F-2')]]);
  expect(report.warnings).toEqual(['第 7、10 行是合计，不是数据，没有导入']);
});

test('the sheet with the needed columns is read, not the notes before it; a second such sheet is named', async () => {
  const report = await look(fixture('openpyxl-notes-first.xlsx'));
  expect(seen(report)).toEqual([sale('F-1')]);
  expect(report.warnings).toEqual(['只读取了工作表“十一月”；“十二月”也有这些列，请另存为单独的文件再上传']);
});

test('numbers have the zeros that their format shows, and amounts do not mind theirs; coloured columns are none', async () => {
  const report = await look(fixture('openpyxl-formats.xlsx'));
  expect([report.errors, report.ignoredColumns]).toEqual([[], []]);
  expect(seen(report)).toEqual([
    ['NO.00042', '2026-11-22T14:59:00+08:00', '0805', '13912345487', ['00000690: 10000'], 12_000],
  ]);
});

const unreckoned = {
  line: 2,
  column: '金额(元)',
  message: '是没有结果的公式：生成文件的程序没有计算它；请用 Excel 或 WPS 打开文件，保存后再上传',
};

test.each(['openpyxl-formula.xlsx', 'xlsxwriter-formula.xlsx'])(
  'a formula that %s left without a result is no amount of nought',
  async (name) => {
    const report = await look(fixture(name));
    expect([report.records, report.errors]).toEqual([1, [unreckoned]]);
  },
);

test('a formula with its result is its result; one that failed is said by line and column', async () => {
  const exceljs = await look(fixture('exceljs-formula.xlsx'));
  expect(exceljs.errors).toEqual([
    unreckoned,
    { line: 3, column: '会员手机号', message: '公式出错（#N/A），请改正后再上传' },
  ]);
  expect(exceljs.sample).toMatchObject([
    { data: { orderNo: 'F-3', lines: [{ name: '有机奶粉', amountFen: 10_000 }] } },
  ]);
  const libreoffice = await look(fixture('libreoffice-formula.xlsx'));
  expect(libreoffice.errors).toEqual([
    { line: 3, column: '会员手机号', message: '公式出错（#N/A），请改正后再上传' },
    { line: 4, column: '金额(元)', message: '公式出错（#DIV/0!），请改正后再上传' },
  ]);
  expect(libreoffice.sample).toMatchObject([{ data: { orderNo: 'F-1', lines: [{ amountFen: 10_000 }] } }]);
});

test.each([
  ['sheetjs-xls.xls', '旧版 .xls'],
  ['libreoffice-xls.xls', '旧版 .xls'],
  ['sheetjs-locked.xlsx', '打开密码'],
  ['sheetjs-html.xls', '网页（HTML）'],
  ['libreoffice-html.xls', '网页（HTML）'],
  ['sheetjs-xml2003.xls', 'XML 表格'],
  ['sheetjs-xlsb.xlsx', '.xlsb'],
  ['sheetjs-ods.xlsx', 'OpenDocument'],
  ['libreoffice-ods.xlsx', 'OpenDocument'],
])('%s is refused by its own name', async (name, words) => {
  expect(await (await counter()).refusal(fixture(name))).toContain(words);
});

/** What LibreOffice wrote, with its parts under other names. */
const heading = ['订单号', '销售时间', '门店编号', '商品编码', '数量', '金额'];
const cells = (row: number, values: readonly string[]): string =>
  `<x:row r="${row}">${values.map((value, place) => `<x:c r="${'ABCDEF'[place]}${row}" t='s'><x:v>${value}</x:v></x:c>`).join('')}</x:row>`;
const strings = [...heading, 'F-1', '2026-11-22 14:59:00', '8005', '6901', '1', '100'];
const parts = (slash: string): [string, string][] => [
  [
    `_rels${slash}.rels`,
    '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/xl/book.xml"/></Relationships>',
  ],
  [
    `xl${slash}book.xml`,
    '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="a" sheetId="1" q:id="s"/></x:sheets></x:workbook>',
  ],
  [
    `xl${slash}_rels${slash}book.xml.rels`,
    '<p:Relationships xmlns:p="r"><p:Relationship Id="s" Type="x/worksheet" Target="../xl/sheets/one.xml"/><p:Relationship Id="t" Type="x/sharedStrings" Target="Texts.xml"/></p:Relationships>',
  ],
  [
    `xl${slash}texts.xml`,
    `<x:sst xmlns:x="m">${strings.map((text) => `<x:si><x:r><x:t>${text.slice(0, 1)}</x:t></x:r><x:r><x:t><![CDATA[${text.slice(1)}]]></x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si>`).join('')}</x:sst>`,
  ],
  [
    `xl${slash}sheets${slash}one.xml`,
    `<x:worksheet xmlns:x="m"><!-- <row> --><x:sheetData>${cells(1, ['0', '1', '2', '3', '4', '5'])}${cells(2, ['6', '7', '8', '9', '10', '11'])}</x:sheetData></x:worksheet>`,
  ],
];

test.each([
  ['with prefixed elements and parts under other names', zipped(parts('/'))],
  ['with backslashes in its paths', zipped(parts('\\'))],
  ['whose lengths stand in the extra field, as Java writes them', zipped(parts('/'), { isZip64: true })],
])('a workbook %s is read', async (_, bytes) => {
  expect(seen(await look(bytes))).toEqual([
    ['F-1', '2026-11-22T14:59:00+08:00', '8005', undefined, ['6901: 10000'], 10_000],
  ]);
});

const rowOf = (row: number, values: readonly string[]): string =>
  `<row r="${row}">${values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;
const soldAs = (row: number, orderNo: string): string =>
  rowOf(row, [orderNo, '2026-11-22 14:59:00', '8005', '6901', '1', '100']);
const bookOf = (sheet: string): Uint8Array<ArrayBuffer> => zipped([['xl/worksheets/sheet1.xml', sheet]]);
const beginning = `<worksheet><sheetData>${rowOf(1, heading)}${soldAs(2, 'F-1')}`;

test.each([
  ['ends between two rows', beginning],
  ['ends within a row', `${beginning}<row r="3"><c t="inlineStr"><is><t>F-2</t></is></c>`],
  ['ends within a tag', `${beginning}<row r="3"><c t="inl`],
  ['ends before its root does', `${beginning}</sheetData>`],
  ['has one row twice', `${beginning}${soldAs(2, 'F-1')}</sheetData></worksheet>`],
  ['has a row above the one before', `${beginning}${soldAs(1, 'F-2')}</sheetData></worksheet>`],
])('a sheet that %s is damaged: nothing of it is taken for all of it', async (_, sheet) => {
  expect(await (await counter()).refusal(bookOf(sheet))).toContain('已损坏或不完整');
});

test('rows that a workbook holds once more for older programs are read once', async () => {
  const twice = `<mc:AlternateContent><mc:Choice Requires="x14">${soldAs(3, 'F-2')}</mc:Choice><mc:Fallback>${soldAs(3, 'F-2')}</mc:Fallback></mc:AlternateContent>`;
  const report = await look(bookOf(`${beginning}${twice}${soldAs(4, 'F-3')}</sheetData></worksheet>`));
  expect([report.rows, report.errors]).toEqual([3, []]);
  expect(seen(report).map((one) => (one as unknown[])[0])).toEqual(['F-1', 'F-2', 'F-3']);
});
