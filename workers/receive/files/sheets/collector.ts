/** 收行: takes the lines of a table one by one, finds its heading among them, and leaves out titles, totals and what is empty. */
import { cellLengthMax, seen, tableColumnsMax, type DayOrigin } from '../../../../schema/index.ts';
import { totalsLeftOut } from '../../../words/files/file-words.ts';
import { isTotal } from './totals.ts';
import {
  charactersMax,
  faulty,
  rowsMax,
  tooLarge,
  type Sheet,
  type SheetFault,
  type SheetRow,
} from './sheet.ts';

/** How a line does as a heading: which of its columns are known, and which of them no line of data leaves empty. */
export type Fit = {
  readonly isWhole: boolean;
  readonly known: readonly number[];
  readonly required: readonly number[];
  /** What no order goes without, and may say but once: the rows below it carry it on. */
  readonly heads: readonly number[];
};
export type FitOf = (cells: readonly string[]) => Fit;

/** Titles, shop, period and a note or two stand above a heading. */
const headingRowsMax = 20;

export type Collector = {
  /** Says when there are too many; empty lines count as lines, but are no rows. */
  readonly add: (line: number, cells: readonly string[]) => SheetFault | null;
  /** The heading, once it is known for sure. */
  readonly heading: () => Fit | null;
  readonly sheet: (origin: DayOrigin) => Sheet | SheetFault;
};

type Candidate = SheetRow & { readonly fit: Fit };

/** Of a workbook each cell says its column, so that what stands beside the table is a note; of text a cell too many has moved the others. */
type Widths = 'as-placed' | 'as-counted';

export function collector(fitOf: FitOf, widths: Widths): Collector {
  const above: Candidate[] = [];
  let heading: Candidate | null = null;
  const rows: SheetRow[] = [];
  const totals: number[] = [];
  let characters = 0;

  const take = (row: SheetRow, { fit, cells: header }: Candidate): SheetFault | null => {
    if (isTotal(row.cells, fit)) totals.push(row.line);
    else {
      const width = widths === 'as-placed' ? header.length : row.cells.length;
      const cells = keptOf(row.cells.slice(0, width), fit);
      if (cells === null) return cellTooLong(row.line);
      characters += cells.reduce((sum, cell) => sum + cell.length, 0);
      if (characters > charactersMax) return tooLarge('文件里的文字太多，请分成几个文件上传');
      rows.push({ line: row.line, cells });
    }
    return rows.length > rowsMax ? tooManyRows() : null;
  };
  /** The line with the needed columns, or else the first of those with the most. */
  const settle = (): SheetFault | null => {
    const best = bestOf(above);
    if (!best) return null;
    if (best.cells.some((cell) => cell.length > cellLengthMax)) return cellTooLong(best.line);
    heading = best;
    for (const row of above.slice(above.indexOf(best) + 1)) {
      const fault = take(row, best);
      if (fault) return fault;
    }
    return null;
  };
  return {
    add: (line, written) => {
      const cells = trimmed(written);
      if (cells.length === 0) return null;
      if (cells.length > tableColumnsMax) return tooLarge(`第 ${line} 行超过 ${tableColumnsMax} 列`);
      if (heading !== null) return take({ line, cells }, heading);
      const fit = fitOf(cells);
      above.push({ line, cells, fit });
      return fit.isWhole || above.length >= headingRowsMax ? settle() : null;
    },
    heading: () => heading?.fit ?? null,
    sheet: (origin) => {
      const fault = heading === null ? settle() : null;
      if (fault) return fault;
      if (heading === null) return faulty('文件是空的：第一行应为表头');
      const { cells: header, line: headerLine } = heading;
      return {
        header: [...header],
        headerLine,
        rows,
        origin,
        notes: totals.length > 0 ? [totalsLeftOut(totals)] : [],
      };
    },
  };
}

const tooManyRows = (): SheetFault => tooLarge(`文件超过 ${rowsMax} 行数据，请分成几个文件上传`);
const cellTooLong = (line: number): SheetFault => tooLarge(`第 ${line} 行有单元格超过 ${cellLengthMax} 字`);
/** What nobody will read is not kept. Null when a cell is too long. */
function keptOf(cells: readonly string[], { known }: Fit): string[] | null {
  const kept = cells.map(() => '');
  for (const place of known) {
    const cell = cells[place] ?? '';
    if (cell.length > cellLengthMax) return null;
    if (place < kept.length) kept[place] = detached(cell);
  }
  return kept;
}

/** A long text cut out of a larger one holds on to all of it; joined and cut again it holds on to itself. */
const detached = (cell: string): string => (cell.length < 13 ? cell : ` ${cell}`.slice(1));

const scoreOf = ({ isWhole, known }: Fit): number => known.length + (isWhole ? tableColumnsMax : 0);
const bestOf = (candidates: readonly Candidate[]): Candidate | null =>
  candidates.reduce<Candidate | null>(
    (best, one) => (best === null || scoreOf(one.fit) > scoreOf(best.fit) ? one : best),
    null,
  );

/** Columns that were only coloured are no columns. */
function trimmed(cells: readonly string[]): string[] {
  const plainCells = cells.map(plain);
  let length = plainCells.length;
  while (length > 0 && plainCells[length - 1] === '') length -= 1;
  plainCells.length = length;
  return plainCells;
}

/** Exports protect text as `="0012"` or `'0012`; the inner text is the value. */
function plain(cell: string): string {
  const text = cell.trim();
  const first = text.charCodeAt(0);
  if (first === equals) return /^="([^"]*)"$/.exec(text)?.[1]?.trim() ?? text;
  // A name may be put in quotes; a guard stands alone.
  if (first === apostrophe) return text.includes("'", 1) ? text : text.slice(1).trim();
  // A cell may hold nothing but marks that nobody sees, none of which is ASCII.
  return first > 0x7f && seen(text) === '' ? '' : text;
}
const [equals, apostrophe] = ['=', "'"].map((one) => one.charCodeAt(0));
