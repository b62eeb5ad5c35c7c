/** 文件的界限: no file is read for long or into much memory, whatever it says of itself. */
import { expect, test } from 'vitest';
import { headingOf } from '../../../workers/receive/files/columns.ts';
import { fileKinds } from '../../../workers/receive/files/kinds.ts';
import { readSheet } from '../../../workers/receive/files/sheets/read-sheet.ts';
import { unpackedBytesMax } from '../../../workers/receive/files/sheets/zip.ts';
import { utf8 } from './files-support.ts';
import { zipped } from './zipped.ts';

const read = (bytes: Uint8Array<ArrayBuffer>) => readSheet(bytes, headingOf(fileKinds.products.columns));
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
  const half = Buffer.alloc(unpackedBytesMax / 2 + 1_000, `<a>${' '.repeat(100_000)}</a>`);
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

test('ten times the rows take some ten times as long, not a hundred', async () => {
  const table = (rows: number, order: (place: number) => string): Uint8Array<ArrayBuffer> =>
    utf8(['货号,品名', ...Array.from({ length: rows }, (_, place) => `${order(place)},奶粉`)].join('\n'));
  await read(table(20_000, String));
  const [few, many] = [table(2_000, String), table(20_000, String)];
  const short = await cpuMs(async () => {
    for (let turn = 0; turn < 10; turn += 1) await read(few);
  });
  expect(await cpuMs(() => read(many))).toBeLessThan(short * 5 + 200);
});
