/** 分页导入: a file read in a browser and sent in pages comes to the same as the file sent whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pageRowsMax, type ImportKind, type ImportReport } from '../../../schema/index.ts';
import { forBrowsers } from '../../../scripts/bundle.ts';
import { root } from '../../../scripts/runtime.ts';
import { joined, readPages, type Paged } from '../../../workers/receive/files/paging/in-browser.ts';
import { pageRows } from '../../../workers/receive/files/paging/pages.ts';
import { inboxRows } from '../../support/shop.ts';
import { counter, utf8 } from './files-support.ts';

const zone = 'Asia/Shanghai';

async function paged(kind: ImportKind, text: string): Promise<Paged> {
  const read = await readPages(kind, utf8(text), zone);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

/** Everything but the order of errors in a line, and which of the records are shown. */
const comparable = ({ errors, ...report }: ImportReport) => ({
  ...report,
  sample: [],
  errors: errors.map((error) => JSON.stringify(error)).toSorted(),
});

async function compared(kind: ImportKind, text: string): Promise<ImportReport> {
  const [whole, cut] = [await counter(), await counter()];
  const { pages, notes } = await paged(kind, text);
  let report: ImportReport | null = null;
  for (const mode of ['preview', 'commit'] as const) {
    const reports: ImportReport[] = [];
    for (const page of pages) reports.push(await cut.upload({ page }, { kind, mode }));
    report = joined(reports, notes);
    if (!report) throw new Error('a file without pages');
    const expected = comparable(await whole.upload(text, { kind, mode }));
    // A file sent whole reckons its first 250 records, pages the first of each.
    expect(comparable(report)).toEqual({
      ...expected,
      history: { ...expected.history, gives: report.history.gives, says: report.history.says },
    });
  }
  const rows = [whole, cut].map(({ shop }) =>
    inboxRows(shop.db)
      .map(({ senderId, body }) => `${senderId} ${body}`)
      .toSorted(),
  );
  expect(rows[1]).toEqual(rows[0]);
  if (!report) throw new Error('a file that was not read');
  return report;
}

const header = '订单号,销售时间,门店编号,会员手机号,商品编码,数量,金额';

/** Orders of one to four lines: heads once, lines far apart, bad cells, totals, rows that are nobody’s. */
function manySales(orders: number): string {
  const rows: string[] = [];
  const late: string[] = [];
  for (let order = 0; order < orders; order += 1) {
    const head = `F${order},2026-11-22 1${order % 5}:00,8005,`;
    rows.push(`${head}13912345${String(order).padStart(3, '0')},6901,1,100`);
    if (order % 2 === 0) rows.push(',,,,6902,1,20');
    if (order % 5 === 0) late.push(`${head},6903,1,${order % 15 === 0 ? '错' : '5'}`);
    if (order % 11 === 0) rows.push('小计,,,,,1,100');
    if (order % 37 === 0) rows.push(',2026-11-22 20:00,8005,,6904,1,7');
  }
  return [header, ...rows, ...late].join('\n');
}

test('600 orders in pages are the same 600 orders, with their bad lines left out by the same words', async () => {
  const text = manySales(600);
  const report = await compared('sales', text);
  expect(report.errors.length).toBeGreaterThan(50);
  expect(report.fresh).toBeGreaterThan(400);
  const { pages } = await paged('sales', text);
  expect(pages.length).toBeGreaterThan(4);
  for (const { rows } of pages) expect(rows.length).toBeLessThanOrEqual(pageRows);
});

test('members and products that stand twice in a file are found, however far apart', async () => {
  const lines = Array.from({ length: 500 }, (_, place) => `M${place % 450},1391234${1000 + place},王`);
  const members = await compared('members', ['会员编号,手机号,姓名', ...lines, ',,无名'].join('\n'));
  expect([members.fresh, members.badRows]).toEqual([450, 51]);
  const products = Array.from({ length: 450 }, (_, place) => `69${place % 400},奶粉`);
  expect(await compared('products', ['货号,品名', ...products].join('\n'))).toMatchObject({
    fresh: 400,
    badRows: 50,
  });
});

test('a file without a column it needs says so once, not on each page', async () => {
  const text = manySales(300).replace('金额', '备注');
  expect((await compared('sales', text)).errors).toHaveLength(1);
});

test('an order that is longer than a page is on one page; one that is no order is cut and refused', async () => {
  const long = (rows: number): string =>
    [header, ...Array.from({ length: rows }, () => 'F1,2026-11-22 10:00,8005,,6901,1,1')].join('\n');
  expect((await paged('sales', long(500))).pages.map(({ rows }) => rows.length)).toEqual([500]);
  const { pages } = await paged('sales', long(5_000));
  expect(pages.map(({ rows }) => rows.length)).toEqual([pageRowsMax]);
  const report = await (
    await counter()
  ).upload({ page: pages[0] ?? { header: [], headerLine: 1, origin: '1900', rows: [] } });
  expect(report).toMatchObject({ records: 0, errors: [{ message: '订单 F1 超过 500 行' }] });
});

const bundleBytesMax = 80_000;

test('the reader is one small script that needs nothing but what every browser has', async () => {
  const script = await forBrowsers('workers/receive/files/paging/in-browser.ts', 'reader');
  expect(script).not.toMatch(/\brequire\(|["'](?:node|cloudflare):/);
  expect(gzipSync(script).length).toBeLessThan(bundleBytesMax);
  const browser = createContext({
    Blob,
    DecompressionStream,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
  });
  runInContext(script, browser);
  // What the script declared there is of the type that was built.
  const reader = runInContext('reader', browser) as { readonly readPages: typeof readPages };
  const bytes = new Uint8Array(readFileSync(join(root, 'tests/fixtures/files/openpyxl-merged-heads.xlsx')));
  expect(JSON.stringify(await reader.readPages('sales', bytes, zone))).toBe(
    JSON.stringify(await readPages('sales', bytes, zone)),
  );
});
