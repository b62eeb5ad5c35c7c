/** 列: the meaning of headings, in Chinese and English; a kind of file is a list of columns. */
import type { RowError } from '../../../schema/index.ts';
import { cellFailed, tooManyCells, unknownUnit, withoutResult } from '../../words/files/file-words.ts';
import type { CellKind, Clock } from './cells.ts';
import { bare, isMoney, plain, remarksOf, unitOf } from './headings/heading.ts';
import type { FitOf } from './sheets/collector.ts';
import { unreckoned, type Sheet, type SheetRow } from './sheets/sheet.ts';

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

const namesOf = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

function columnsByName(known: readonly Column[]): ReadonlyMap<string, Column> {
  let names = namesOf.get(known);
  if (!names) {
    names = new Map(
      known.flatMap((column) =>
        [column.heading, column.key, ...column.aliases].map((name) => [plain(name), column] as const),
      ),
    );
    namesOf.set(known, names);
  }
  return names;
}

const targetOf = ({ as, key }: Column): string => as ?? key;

export type Values = Readonly<Record<string, string | number>>;
export type Row = { readonly line: number; readonly values: Values };

export type Matched = {
  readonly columns: readonly (Column | null)[];
  readonly ignored: readonly string[];
  readonly errors: readonly RowError[];
};

type Place = {
  readonly heading: string;
  readonly column: Column | null;
  /** The amount that it would be, were its unit known. */
  readonly refused?: Column;
};

/** Each heading’s column: by its whole name, or else without what it has in brackets, where nobody else has that name. */
function placesOf(header: readonly string[], known: readonly Column[]): Place[] {
  const names = columnsByName(known);
  const exact = header.map((heading) => names.get(plain(heading)) ?? null);
  const taken = new Set(exact.flatMap((column) => (column ? [targetOf(column)] : [])));
  return header.map((heading, place): Place => {
    const found = exact[place] ?? null;
    if (found) return { heading, column: found };
    const name = plain(heading);
    const named = names.get(bare(name));
    if (!named || taken.has(targetOf(named))) return { heading, column: null };
    const unit = unitOf(named, remarksOf(name));
    if (unit === null) return { heading, column: null, ...(isMoney(named) && { refused: named }) };
    const inFen = known.find(({ key }) => key === targetOf(named));
    return { heading, column: unit === 'fen' ? (inFen ?? null) : named };
  });
}

type HeadedColumns = { readonly columns: readonly Column[]; readonly headKeys: readonly string[] };

/** Whether a line is the heading of such a file: it has the needed columns, or, where none is needed, mostly known ones. */
export const headingOf =
  ({ columns: known, headKeys }: HeadedColumns): FitOf =>
  (cells) => {
    const places = placesOf(cells, known);
    const needed = new Set(known.filter(({ isRequired }) => isRequired).map(targetOf));
    const filled = cells.filter((cell) => cell !== '').length;
    const found = places.flatMap(({ column }, place) => (column ? [{ column, place }] : []));
    const targets = new Set(found.map(({ column }) => targetOf(column)));
    const neededPlaces = found.flatMap(({ column, place }) =>
      needed.has(targetOf(column)) ? [{ place, isHead: headKeys.includes(targetOf(column)) }] : [],
    );
    const isWhole =
      needed.size > 0 ? [...needed].every((target) => targets.has(target)) : found.length * 2 > filled;
    return {
      isWhole,
      known: found.map(({ place }) => place),
      required: neededPlaces.filter(({ isHead }) => !isHead).map(({ place }) => place),
      heads: neededPlaces.filter(({ isHead }) => isHead).map(({ place }) => place),
    };
  };

/** Finds the position of each column. An ambiguous heading, or a missing required one, is an error of its line. */
export function matchHeader({ header, headerLine: line }: Sheet, known: readonly Column[]): Matched {
  const errors: RowError[] = [];
  const taken = new Map<string, string>();
  const places = placesOf(header, known);
  const columns = places.map(({ heading, column }): Column | null => {
    if (!column) return null;
    const other = taken.get(targetOf(column));
    if (other !== undefined) {
      errors.push({ line, column: heading, message: `与“${other}”是同一列，请只保留一列` });
      return null;
    }
    taken.set(targetOf(column), heading);
    return column;
  });
  // Left out in silence, the order would be worth what its other columns say.
  for (const { heading, refused } of places) {
    if (!refused || taken.has(targetOf(refused))) continue;
    taken.set(targetOf(refused), heading);
    errors.push({ line, column: heading, message: unknownUnit(remarksOf(heading.normalize('NFKC'))) });
  }
  for (const column of known) {
    if (!column.isRequired || taken.has(targetOf(column))) continue;
    taken.set(targetOf(column), column.heading);
    errors.push({
      line,
      column: column.heading,
      message: `缺少这一列；也可以叫 ${column.aliases.slice(0, 3).join('、')}`,
    });
  }
  const ignored = header.filter((heading, place) => heading !== '' && columns[place] === null);
  return { columns, ignored, errors };
}

/** What a program writes where a formula failed. */
const failed =
  /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)/i;

function noValue(cell: string): string | null {
  if (cell === unreckoned) return withoutResult;
  return cell.startsWith('#') && failed.test(cell) ? cellFailed(cell.slice(0, 20)) : null;
}

/** The row's values by key, or its errors. */
export function readRow(
  { line, cells }: SheetRow,
  columns: readonly (Column | null)[],
  clock: Clock,
): Row | RowError[] {
  if (cells.length > columns.length)
    return [{ line, column: null, message: tooManyCells(cells.length, columns.length) }];
  const values: Record<string, string | number> = {};
  const errors: RowError[] = [];
  for (const [place, column] of columns.entries()) {
    const cell = cells[place] ?? '';
    if (!column || cell === '') continue;
    const why = noValue(cell);
    const read = why === null ? column.kind(cell, clock) : ({ ok: false, why } as const);
    // A placeholder is another way of leaving it empty.
    if (read.ok && read.value !== '') values[targetOf(column)] = read.value;
    else if (!read.ok) errors.push({ line, column: column.heading, message: read.why });
  }
  for (const column of columns) {
    if (!column?.isRequired || targetOf(column) in values) continue;
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
