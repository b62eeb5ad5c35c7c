/** 导入种类: what a kind of file has to declare: its columns, and the records that its rows make. */
import type { MovedIn, Numbering, NumberPart, NumberPlace, RowError } from '../../../schema/index.ts';
import type { Row } from './columns.ts';
import type { Layout } from './layout.ts';

/** `associate` is an id or a name, as it is written. */
export type MovedRow = MovedIn & { readonly associate?: string };

/** One order, member or product; `data` is the canonical event's, without what changes from upload to upload. */
export type ImportRecord = {
  /** `sale:8005-372`: the same record has the same key in every file. */
  readonly name: string;
  readonly lines: readonly number[];
  readonly type: string;
  /** Null when the time is unknown; then the time of the upload is used. */
  readonly occurredAt: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** 搬来: of a member, what she had in the system before. */
  readonly movedIn?: MovedRow;
  /** A corrected sale or refund needs a new version. */
  readonly takesVersion: boolean;
  /** What it was named while its source numbered more coarsely, the latest first. */
  readonly namesFormerly?: readonly string[];
  /** Of a sale: its number as its source numbers, and where it got it. */
  readonly receipt?: { readonly number: string; readonly orderNo: string; readonly place: NumberPlace };
};

/** One number that stands for several receipts, as far as the rule of its source can tell. */
export type Repeat = {
  readonly orderNo: string;
  readonly part: NumberPart | 'member';
  /** Where it stands; of members nothing is repeated here. */
  readonly values: readonly string[];
};

export type Grouped = {
  readonly records: readonly ImportRecord[];
  readonly errors: readonly RowError[];
  readonly repeats?: readonly Repeat[];
  /** How many rows are good, and yet no records; `notes` say to the merchant why. */
  readonly leftOut?: number;
  readonly notes?: readonly string[];
};

/** How its source numbers receipts, and by which clock days go. */
export type Reckoning = { readonly numbering: Numbering; readonly zone: string };

export type FileKind = Layout & {
  /** The name of the template's sheet. */
  readonly title: string;
  /** Whether its rows have numbers that begin again. */
  readonly isNumbered: boolean;
  /** Which of its records are history: those that are old, all of them (a member from a file is no newcomer), or none. */
  readonly past: 'old' | 'all' | 'none';
  /** The heading of the column with the moment; null when it has none. */
  readonly momentHeading: string | null;
  readonly group: (rows: readonly Row[], reckoning: Reckoning) => Grouped;
};

/** Groups rows by key, in the order of the file. */
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

/** Only given values: an absent property means "not given". */
export function given(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key in entries) {
    const value = entries[key];
    if (value !== undefined && value !== '') kept[key] = value;
  }
  return kept;
}
