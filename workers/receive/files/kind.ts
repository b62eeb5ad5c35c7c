/** 导入种类: what a kind of file has to say for itself: its columns, and what its rows come to. */
import type { ImportKind, Numbering, RowError } from '../../../schema/index.ts';
import type { Column, Row } from './columns.ts';

/** One order, member or product; `data` is the canonical event's, without what changes from upload to upload. */
export type ImportRecord = {
  /** `sale:8005-372`: the same thing has the same name in every file. */
  readonly name: string;
  readonly lines: readonly number[];
  readonly type: string;
  /** Null: when it happened is not known, and the moment of the upload stands for it. */
  readonly occurredAt: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** A correction of a sale or a return is told from a repetition by its version. */
  readonly takesVersion: boolean;
};

export type Grouped = {
  readonly records: readonly ImportRecord[];
  readonly errors: readonly RowError[];
  /** What the merchant should know of the file as a whole. */
  readonly warnings?: readonly string[];
};

/** How its source numbers receipts, and by which clock days go. */
export type Reckoning = { readonly numbering: Numbering; readonly zone: string };

export type FileKind = {
  readonly kind: ImportKind;
  /** What the template's sheet is called. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** Rows that share this value stand or fall together; null where each row stands alone. */
  readonly together: string | null;
  /** Whether its rows have numbers that begin again. */
  readonly isNumbered: boolean;
  readonly group: (rows: readonly Row[], reckoning: Reckoning) => Grouped;
};

/** Rows of one name belong together, in the order in which they stand. */
export function grouped(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = groups.get(name);
    if (known) known.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** Only what was given: an absent property is "not given". */
export function given(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== ''),
  );
}
