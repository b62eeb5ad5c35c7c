/** 文件的界限: no file is read for long or into much memory, whatever it says of itself. */
import { expect, test } from 'vitest';
import { headingOf } from '../../../workers/receive/files/columns.ts';
import { fileKinds } from '../../../workers/receive/files/kinds.ts';
import { readRecords } from '../../../workers/receive/files/sheets/read-records.ts';
import { readSheet } from '../../../workers/receive/files/sheets/read-sheet.ts';
import { unpackedBytesMax } from '../../../workers/receive/files/sheets/zip.ts';
import { utf8 } from './files-support.ts';
import { zipped } from './zipped.ts';

const read = (bytes: Uint8Array<ArrayBuffer>) => readSheet(bytes, headingOf(fileKinds.products));
const sheetPath = 'xl/worksheets/sheet1.xml';
const sheetOf = (content: string | Buffer) => zipped([[sheetPath, content]]);
const fault = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const sheet = await read(bytes);
  return 'fault' in sheet ? sheet.fault : `${sheet.rows.length} rows`;
};

/** CPU, because others work on the machine as well. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const row = `<row>${'<c t="inlineStr"><is><t>x</t></is></c>'.repeat(50)}</row>`;

test.each([
  ['90 MB of spaces', Buffer.alloc(90_000_000, ' '), '太大'],
  ['a row that does not end', `<sheetData>${'<row>'.padEnd(3_000_000, 'x')}`, '太大'],
  ['25,000 rows', `<sheetData>${row.repeat(25_000)}`, '超过 20000 行'],
])('%s are refused before they are unpacked', async (_, content, words) => {
  const bytes = sheetOf(content);
  let said = '';
  // A gigabyte would take a minute.
  expect(await cpuMs(async () => (said = await fault(bytes)))).toBeLessThan(20_000);
  expect(said).toContain(words);
});

const openings = [
  '<row>',
  '<row><c>',
  '<c t="s">',
  '<row><c><is><t>',
  '<rPh>',
  '<si><t>',
  '<sheet ',
  '<a b="',
  '<!--',
  '<![CDATA[',
];

test.each(openings)('a megabyte of %s that nobody closes is looked at once', async (opening) => {
  const unclosed = opening.repeat(1_000_000 / opening.length);
  const parts = [sheetPath, 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];
  for (const part of parts) {
    const bytes = zipped([
      [sheetPath, '<sheetData/>'],
      [part, unclosed],
    ]);
    // Each from its own place to the end would be half a million megabytes.
    expect(await cpuMs(() => read(bytes))).toBeLessThan(5_000);
  }
});

test('what is unpacked is counted over all parts together', async () => {
  const half = Buffer.alloc(unpackedBytesMax / 2 + 1_000, `<a/>${' '.repeat(100_000)}`);
  expect(
    await fault(
      zipped([
        ['xl/sharedStrings.xml', half],
        [sheetPath, '<sheetData/>'],
      ]),
    ),
  ).toContain('空的');
  expect(
    await fault(
      zipped([
        ['xl/sharedStrings.xml', half],
        [sheetPath, half],
      ]),
    ),
  ).toContain('解开后太大');
});

test('texts that cells share are bounded together, and columns that nobody reads are not kept', async () => {
  const texts = `<sst>${`<si><t>${'x'.repeat(2_000)}</t></si>`.repeat(10_100)}</sst>`;
  const bytes = zipped([
    ['xl/sharedStrings.xml', texts],
    [sheetPath, '<sheetData/>'],
  ]);
  expect(await fault(bytes)).toContain('解开后太大');
  const long = `<row>${`<c t="inlineStr"><is><t>${'x'.repeat(2_000)}</t></is></c>`.repeat(2)}</row>`;
  const titles =
    '<row><c t="inlineStr"><is><t>货号</t></is></c><c t="inlineStr"><is><t>品名</t></is></c></row>';
  expect(await fault(sheetOf(`<sheetData>${titles}${long.repeat(6_000)}`))).toContain('文字太多');
  const sheet = await read(utf8('货号,备注,品名\n6901,很长的备注,奶粉'));
  expect(sheet).toMatchObject({ rows: [{ line: 2, cells: ['6901', '', '奶粉'] }] });
});

const header = '订单号,销售时间,门店编号,商品编码,数量,金额';
const csv = (count: number, row: (place: number) => string): Uint8Array<ArrayBuffer> =>
  utf8([header, ...Array.from({ length: count }, (_, place) => row(place))].join('\n'));
const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const workbook = (count: number): Uint8Array<ArrayBuffer> => {
  const rows = [header, ...Array.from({ length: count }, (_, place) => `F${place},2026-11-22,8005,6901,1,1`)];
  return sheetOf(
    `<sheetData>${rows.map((line) => `<row>${line.split(',').map(cell).join('')}</row>`).join('')}</sheetData>`,
  );
};

test.each<[string, (rows: number) => Uint8Array<ArrayBuffer>]>([
  ['each an order', (rows) => csv(rows, (place) => `F${place},2026-11-22,8005,6901,1,1`)],
  ['all of one number', (rows) => csv(rows, () => 'F1,2026-11-22,8005,6901,1,1')],
  [
    'all under one head',
    (rows) => csv(rows, (place) => (place === 0 ? 'F1,2026-11-22,8005,6901,1,1' : ',,,6901,1,1')),
  ],
  ['all of them wrong', (rows) => csv(rows, (place) => `F${place},?,,,?,?`)],
  ['all of them totals', (rows) => csv(rows, () => '合计,,,,1,1')],
  ['in a workbook', workbook],
])('ten times the rows, %s, take some ten times as long, not a hundred', async (_, table) => {
  const kind = fileKinds.sales;
  const reckoning = { numbering: 'unique', zone: 'Asia/Shanghai' } as const;
  const turn = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const sheet = await readSheet(bytes, headingOf(kind));
    if ('fault' in sheet) throw new Error(sheet.fault);
    readRecords(kind, sheet, reckoning, Date.UTC(2026, 10, 23));
  };
  const [few, many] = [table(1_500), table(15_000)];
  await turn(many);
  // Ten times the few cost as the many do; a hundred times as long would be ten times that. What else the machine does lengthens one
  // look, and not the shortest of five.
  const looks: number[] = [];
  for (let look = 0; look < 5 && !looks.some((times) => times < 4); look += 1) {
    const short = await cpuMs(async () => {
      for (let time = 0; time < 10; time += 1) await turn(few);
    });
    looks.push((await cpuMs(() => turn(many))) / (short + 1));
  }
  expect(Math.min(...looks)).toBeLessThan(4);
});
