/** 列: the meaning of headings, in Chinese and English; a kind of file is a list of columns. */
import type { RowError } from '../../../schema/index.ts';
import type { CellKind } from './cells.ts';
import type { Sheet, SheetRow } from './sheets/sheet.ts';

export type Column = {
  readonly key: string;
  /** The heading in the template. */
  readonly heading: string;
  readonly aliases: readonly string[];
  readonly kind: CellKind;
  /** Two columns may give the same value in two units: yuan and fen. */
  readonly as?: string;
  readonly isRequired?: boolean;
  /** In the template's example row; a column without one is not in the template. */
  readonly example?: string;
};

/** `金额（元）`, `金额(元)` and `Amount Fen` are read without regard to width, case, spaces and underscores. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-*＊:：]/g, '');

export type Values = Readonly<Record<string, string | number>>;
export type Row = { readonly line: number; readonly values: Values };

export type Matched = {
  readonly columns: readonly (Column | null)[];
  readonly ignored: readonly string[];
  readonly errors: readonly RowError[];
};

/** Finds the position of each column. An ambiguous heading, or a missing required one, is an error of line 1. */
export function matchHeader({ header }: Sheet, known: readonly Column[]): Matched {
  const errors: RowError[] = [];
  const taken = new Map<string, string>();
  const columns = header.map((heading): Column | null => {
    const name = plain(heading);
    const column = known.find((one) =>
      [one.heading, one.key, ...one.aliases].some((alias) => plain(alias) === name),
    );
    if (!column || name === '') return null;
    const target = column.as ?? column.key;
    const other = taken.get(target);
    if (other !== undefined) {
      errors.push({ line: 1, column: heading, message: `与“${other}”是同一列，请只保留一列` });
      return null;
    }
    taken.set(target, heading);
    return column;
  });
  for (const column of known) {
    const target = column.as ?? column.key;
    if (!column.isRequired || taken.has(target)) continue;
    taken.set(target, column.heading);
    errors.push({
      line: 1,
      column: column.heading,
      message: `缺少这一列；也可以叫 ${column.aliases.slice(0, 3).join('、')}`,
    });
  }
  const ignored = header.filter((heading, place) => heading !== '' && columns[place] === null);
  return { columns, ignored, errors };
}

/** The row's values by key, or its errors. */
export function readRow(
  { line, cells }: SheetRow,
  columns: readonly (Column | null)[],
  zone: string,
): Row | RowError[] {
  const values: Record<string, string | number> = {};
  const errors: RowError[] = [];
  for (const [place, column] of columns.entries()) {
    const cell = cells[place] ?? '';
    if (!column || cell === '') continue;
    const read = column.kind(cell, zone);
    if (read.ok) values[column.as ?? column.key] = read.value;
    else errors.push({ line, column: column.heading, message: read.why });
  }
  for (const column of columns) {
    if (!column?.isRequired || (column.as ?? column.key) in values) continue;
    if (!errors.some((error) => error.column === column.heading)) {
      errors.push({ line, column: column.heading, message: '不能为空' });
    }
  }
  return errors.length > 0 ? errors : { line, values };
}

export const textIn = (values: Values, key: string): string | undefined => {
  const value = values[key];
  return value === undefined ? undefined : String(value);
};

export const numberIn = (values: Values, key: string): number | undefined => {
  const value = values[key];
  return typeof value === 'number' ? value : undefined;
};
