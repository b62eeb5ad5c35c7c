/** XLSX: the first visible sheet as text, row by row as it is unpacked, so that a large one fits in memory. */
import { collector, faulty, tooLarge, type Sheet, type SheetFault } from './sheet.ts';
import { attribute, numberText, textIn, unescapeXml } from './xlsx-text.ts';
import { readArchive, textOf, TooLarge, type Entry } from './zip.ts';

/** Longer than a row of a hundred full cells; the search for an element's end must be bounded. */
const elementLengthMax = 1_000_000;

type Archive = ReadonlyMap<string, Entry>;

const unreadable = faulty('XLSX 文件已损坏或不完整，请用 Excel 重新保存后再上传');

export async function readXlsx(bytes: Uint8Array<ArrayBuffer>): Promise<Sheet | SheetFault> {
  const archive = readArchive(bytes);
  if (archive === null) return unreadable;
  try {
    const sheet = archive.get(await sheetPath(archive));
    if (!sheet) return unreadable;
    return await readRows(sheet, await sharedStrings(archive));
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge('XLSX 文件解开后太大，请只保留要导入的列和行');
    // Whatever is wrong with the bytes, the merchant's remedy is the same.
    if (error instanceof TypeError || error instanceof RangeError) return unreadable;
    throw error;
  }
}

async function whole(entry: Entry | undefined): Promise<string> {
  let text = '';
  if (entry) for await (const piece of textOf(entry)) text += piece;
  return text;
}

/** The first sheet that is not hidden, as the workbook lists them. */
async function sheetPath(archive: Archive): Promise<string> {
  const workbook = await whole(archive.get('xl/workbook.xml'));
  const relations = await whole(archive.get('xl/_rels/workbook.xml.rels'));
  const sheets = workbook.match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? [];
  const visible = sheets.find((sheet) => (attribute(sheet, 'state') ?? 'visible') === 'visible');
  const id = visible === undefined ? null : attribute(visible, 'r:id');
  const relation = (relations.match(/<Relationship\s[^>]*>/g) ?? []).find(
    (one) => attribute(one, 'Id') === id,
  );
  const target = relation === undefined ? null : attribute(relation, 'Target');
  if (target === null) return 'xl/worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function sharedStrings(archive: Archive): Promise<readonly string[]> {
  const strings: string[] = [];
  const entry = archive.get('xl/sharedStrings.xml');
  if (entry) {
    for await (const item of elements(entry, 'si')) strings.push(textIn(item));
  }
  return strings;
}

async function readRows(sheet: Entry, strings: readonly string[]): Promise<Sheet | SheetFault> {
  const lines = collector();
  let last = 0;
  for await (const row of elements(sheet, 'row')) {
    const open = row.slice(0, row.indexOf('>') + 1);
    last = Number(attribute(open, 'r') ?? last + 1);
    const fault = lines.add(last, cellsOf(row, strings));
    if (fault) return fault;
  }
  return lines.sheet();
}

/** Every `<name …>…</name>` in turn; only the one that is not finished yet is kept. */
async function* elements(entry: Entry, name: string): AsyncGenerator<string> {
  const shape = new RegExp(`<${name}(?:\\s[^>]*)?(?:/>|>[\\s\\S]*?</${name}>)`, 'g');
  let rest = '';
  for await (const piece of textOf(entry)) {
    rest += piece;
    if (rest.length > elementLengthMax) throw new TooLarge(`<${name}> does not end`);
    let read = 0;
    for (const match of rest.matchAll(shape)) {
      yield match[0];
      read = match.index + match[0].length;
    }
    rest = rest.slice(read);
    // What is no element of ours may be long, such as the head of a sheet; only its end can begin one.
    const start = rest.search(new RegExp(`<${name}[\\s>/]`));
    if (start < 0) rest = rest.slice(-name.length - 1);
    else if (start > 0) rest = rest.slice(start);
  }
}

const cellShape = /<c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/c>)/g;

function cellsOf(row: string, strings: readonly string[]): string[] {
  const cells: string[] = [];
  for (const [, attributes = '', content = ''] of row.matchAll(cellShape)) {
    const reference = attribute(attributes, 'r');
    const column = reference === null ? cells.length : columnOf(reference);
    if (column > 1000) continue;
    while (cells.length < column) cells.push('');
    cells[column] = cellText(attribute(attributes, 't'), content, strings);
  }
  return cells;
}

/** `BC12` is column 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]*/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return Math.max(0, column - 1);
}

function cellText(type: string | null, content: string, strings: readonly string[]): string {
  if (type === 'inlineStr') return textIn(content);
  const [, value = ''] = /<v(?:\s[^>]*)?>([\s\S]*?)<\/v>/.exec(content) ?? [];
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? '是' : '否';
  if (type === null || type === 'n') return numberText(value);
  return unescapeXml(value);
}
