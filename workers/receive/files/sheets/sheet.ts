/** 表格: an upload as lines of text cells, with named bounds on its size. */

export const fileBytesMax = 5_000_000;
export const rowsMax = 20_000;
export const columnsMax = 100;
export const cellLengthMax = 2_000;

/** `line` as a spreadsheet counts, from 1. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] };

/** The year from which a workbook counts its days: 1900, or 1904 where it once was a Macintosh's. */
export type Origin = '1900' | '1904';

export type Sheet = {
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly rows: readonly SheetRow[];
  readonly origin: Origin;
  /** For the merchant: what was left out. */
  readonly notes: readonly string[];
};

/** A formula whose result nobody wrote down. No text holds a NUL. */
export const unreckoned = '\0';

/** `field` names the fault in the answer. */
export type SheetFault = { readonly fault: string; readonly isTooLarge: boolean };

export const faulty = (fault: string): SheetFault => ({ fault, isTooLarge: false });
export const tooLarge = (fault: string): SheetFault => ({ fault, isTooLarge: true });
