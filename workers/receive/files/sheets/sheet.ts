/** 表格: an upload as lines of text cells, with named bounds on its size. */
import type { ImportPage } from '../../../../schema/index.ts';

export const fileBytesMax = 5_000_000;
export const rowsMax = 20_000;
/** What is kept of a table at once: half of what a Worker has, at two bytes each. */
export const charactersMax = 20_000_000;

export type SheetRow = ImportPage['rows'][number];

/** `line` counts as a spreadsheet does, from 1. */
export type Sheet = ImportPage & {
  /** For the merchant: what was left out. */
  readonly notes: readonly string[];
};

/** A formula whose result nobody wrote down. No text holds a NUL. */
export const unreckoned = '\0';

/** `field` names the fault in the answer. */
export type SheetFault = { readonly fault: string; readonly isTooLarge: boolean };

export const faulty = (fault: string): SheetFault => ({ fault, isTooLarge: false });
export const tooLarge = (fault: string): SheetFault => ({ fault, isTooLarge: true });
