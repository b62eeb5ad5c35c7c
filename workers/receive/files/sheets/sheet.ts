/** 表格: an upload as lines of text cells, with named bounds on its size. */
import { seen } from '../../../../schema/index.ts';

export const fileBytesMax = 5_000_000;
export const rowsMax = 20_000;
export const columnsMax = 100;
export const cellLengthMax = 2_000;

/** `line` as a spreadsheet counts: the header is line 1. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] };
export type Sheet = { readonly header: readonly string[]; readonly rows: readonly SheetRow[] };

/** `field` names the fault in the answer. */
export type SheetFault = { readonly fault: string; readonly isTooLarge: boolean };

export const faulty = (fault: string): SheetFault => ({ fault, isTooLarge: false });
export const tooLarge = (fault: string): SheetFault => ({ fault, isTooLarge: true });
export const tooManyRows = (): SheetFault => tooLarge(`文件超过 ${rowsMax} 行数据，请分成几个文件上传`);

/** Takes lines one by one and says when there are too many; empty lines count as lines, but are no rows. */
export type Collector = {
  readonly add: (line: number, cells: readonly string[]) => SheetFault | null;
  readonly sheet: () => Sheet | SheetFault;
};

export function collector(): Collector {
  let header: readonly string[] | null = null;
  const rows: SheetRow[] = [];
  return {
    add: (line, cells) => {
      if (cells.length > columnsMax) return tooLarge(`第 ${line} 行超过 ${columnsMax} 列`);
      const trimmed = cells.map(plain);
      if (trimmed.every((cell) => cell === '')) return null;
      if (trimmed.some((cell) => cell.length > cellLengthMax))
        return tooLarge(`第 ${line} 行有单元格超过 ${cellLengthMax} 字`);
      if (header === null) header = trimmed;
      else rows.push({ line, cells: trimmed });
      return rows.length > rowsMax ? tooManyRows() : null;
    },
    sheet: () => (header === null ? faulty('文件是空的：第一行应为表头') : { header, rows }),
  };
}

/** Exports protect text as `="0012"` or `'=x`; the inner text is the value. */
function plain(cell: string): string {
  const text = cell.trim();
  const [, quoted] = /^="([^"]*)"$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted.trim();
  // A cell may hold nothing but marks that nobody sees, none of which is ASCII.
  if (text.charCodeAt(0) > 0x7f && seen(text) === '') return '';
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
