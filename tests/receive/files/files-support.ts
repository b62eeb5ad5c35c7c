/** Files as tills export them, made in the test, and a shop that takes them. */
import { openShop, till, type Shop, type ShopSetup } from '../../support/shop.ts';
import type { HistoryMode, ImportKind, ImportReport, PointsFrom } from '../../../schema/index.ts';
import type { Db } from '../../../workers/db/db.ts';
import { importFile, type Content } from '../../../workers/receive/files/import.ts';
import { escapeXml } from '../../../workers/receive/files/sheets/xml-text.ts';
import { writeArchive } from '../../../workers/receive/files/sheets/zip-write.ts';

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** Node reads GBK but does not write it: every two-byte code is read once, and the table turned round. */
export function gbk(text: string): Uint8Array<ArrayBuffer> {
  const codes = gbkCodes();
  return Uint8Array.from(
    text.split('').flatMap((character) => {
      if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
      const code = codes.get(character);
      if (!code) throw new Error(`${character} is not in GBK`);
      return [...code];
    }),
  );
}

let codes: Map<string, readonly [number, number]> | null = null;
function gbkCodes(): Map<string, readonly [number, number]> {
  if (codes) return codes;
  codes = new Map();
  const decoder = new TextDecoder('gbk');
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\uFFFD') codes.set(character, [high, low]);
    }
  }
  return codes;
}

export type XlsxCell = string | number | null;

/** A workbook as Excel saves it: shared strings, numbers as numbers, empty cells left out. */
export function xlsx(rows: readonly (readonly XlsxCell[])[]): Uint8Array<ArrayBuffer> {
  const strings: string[] = [];
  const cell = (value: XlsxCell, row: number, column: number): string => {
    const reference = `r="${columnName(column)}${row + 1}"`;
    if (value === null) return '';
    if (typeof value === 'number') return `<c ${reference} s="2"><v>${value}</v></c>`;
    strings.push(value);
    return `<c ${reference} t="s"><v>${strings.length - 1}</v></c>`;
  };
  const sheet = rows
    .map(
      (row, place) =>
        `<row r="${place + 1}" spans="1:9">${row.map((value, column) => cell(value, place, column)).join('')}</row>`,
    )
    .join('');
  return writeArchive([
    [
      'xl/workbook.xml',
      '<workbook><sheets><sheet name="x" sheetId="1" state="hidden" r:id="rId9"/><sheet name="销售" sheetId="2" r:id="rId1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId9" Target="worksheets/no.xml"/><Relationship Id="rId1" Target="worksheets/sheet7.xml"/></Relationships>',
    ],
    [
      'xl/sharedStrings.xml',
      `<sst>${strings.map((text) => `<si><t>${escapeXml(text)}</t><rPh sb="0" eb="1"><t>ふり</t></rPh></si>`).join('')}</sst>`,
    ],
    [
      'xl/worksheets/sheet7.xml',
      `<worksheet><sheetViews><sheetView/></sheetViews><sheetData>${sheet}</sheetData></worksheet>`,
    ],
  ]);
}

const columnName = (column: number): string =>
  (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') +
  String.fromCharCode(65 + (column % 26));

export type Counter = {
  readonly shop: Shop;
  readonly upload: (
    bytes: Uint8Array<ArrayBuffer> | string | Content,
    given?: {
      readonly kind?: ImportKind;
      readonly mode?: 'preview' | 'commit';
      readonly history?: HistoryMode;
      readonly pointsFrom?: PointsFrom;
    },
  ) => Promise<ImportReport>;
  /** What the file as a whole is refused for. */
  readonly refusal: (bytes: Uint8Array<ArrayBuffer>, kind?: ImportKind) => Promise<string>;
};

const contentOf = (given: Uint8Array<ArrayBuffer> | string | Content): Content => {
  if (typeof given === 'string') return { bytes: utf8(given) };
  return given instanceof Uint8Array ? { bytes: given } : given;
};

/** The till of the shop takes files as well as webhooks. */
export async function counter(setup: ShopSetup = {}, through: (db: Db) => Db = (db) => db): Promise<Counter> {
  const shop = await openShop(setup);
  const source = { ...till, config: setup.config ?? null };
  type Asked = {
    kind: ImportKind;
    mode: 'preview' | 'commit';
    history?: HistoryMode;
    pointsFrom?: PointsFrom;
  };
  const run = (content: Content, { history = 'auto', pointsFrom = 'import', ...asked }: Asked) =>
    importFile(
      { db: through(shop.db), engine: shop.engine },
      { ...asked, history, pointsFrom, source, content, now: shop.clock.now },
    );
  return {
    shop,
    upload: async (
      bytes,
      { kind = 'sales', mode = 'commit', history = 'auto', pointsFrom = 'import' } = {},
    ) => {
      const report = await run(contentOf(bytes), { kind, mode, history, pointsFrom });
      if ('fault' in report) throw new Error(report.fault);
      return report;
    },
    refusal: async (bytes, kind = 'sales') => {
      const report = await run({ bytes }, { kind, mode: 'commit' });
      return 'fault' in report ? report.fault : `taken: ${JSON.stringify(report)}`;
    },
  };
}
