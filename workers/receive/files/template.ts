/** 模板: an empty file with the headings we know and one example row, as CSV or XLSX; no cell of it is a formula. */
import type { TemplateFormat } from '../../../schema/index.ts';
import type { FileKind } from './kind.ts';
import { escapeXml } from './sheets/xml-text.ts';
import { writeArchive } from './sheets/zip-write.ts';

export type Template = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly fileName: string;
};

export function template(kind: FileKind, format: TemplateFormat): Template {
  const columns = kind.columns.filter(({ example }) => example !== undefined);
  const rows = [columns.map(({ heading }) => heading), columns.map(({ example = '' }) => example)];
  const fileName = `huike-${kind.kind}.${format}`;
  return format === 'csv'
    ? {
        bytes: new Uint8Array(new TextEncoder().encode(csvText(rows))),
        contentType: 'text/csv; charset=utf-8',
        fileName,
      }
    : {
        bytes: toXlsx(kind.title, rows),
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileName,
      };
}

/** A spreadsheet runs what begins with these; an apostrophe makes text of it, and the import takes it off again. */
export const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** With a byte order mark, without which Excel reads UTF-8 as GBK. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => row.map((cell) => quoted(harmless(cell))).join());
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Every cell is text, so that Excel keeps the digits of a barcode and the zero of a card. */
function toXlsx(title: string, rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const cell = (text: string): string =>
    `<c s="1" t="inlineStr"><is><t xml:space="preserve">${escapeXml(harmless(text))}</t></is></c>`;
  const width = rows[0]?.length ?? 1;
  const sheetRows = rows
    .map((row, place) => `<row r="${place + 1}">${row.map(cell).join('')}</row>`)
    .join('');
  const files: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/>` +
        ['workbook', 'worksheet', 'styles']
          .map((part) => {
            const path = part === 'worksheet' ? 'worksheets/sheet1' : part;
            const type = part === 'workbook' ? 'sheet.main' : part;
            return `<Override PartName="/xl/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
          })
          .join('') +
        '</Types>',
    ],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeXml(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', styles],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><cols><col min="1" max="${width}" width="18" style="1" customWidth="1"/></cols><sheetData>${sheetRows}</sheetData></worksheet>`,
    ],
  ];
  return writeArchive(files.map(([name, xml]) => [name, declaration + xml]));
}

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${packages}/relationships">` +
  targets
    .map(
      ([type, target], place) =>
        `<Relationship Id="rId${place + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join('') +
  '</Relationships>';

/** Style 1 is text (number format 49). */
const styles =
  `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>';
