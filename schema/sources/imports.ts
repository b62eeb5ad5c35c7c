/** 导入: sales, members and products from a file, and what is stored of them so that a file can be sent twice. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';
import { numberings } from './numberings.ts';

export const importKinds = ['sales', 'members', 'products'] as const;
export type ImportKind = (typeof importKinds)[number];

export const importModes = ['preview', 'commit'] as const;
export type ImportMode = (typeof importModes)[number];

/** 历史单据: by their age, or all of a file, or none. */
export const historyModes = ['auto', 'yes', 'no'] as const;
export type HistoryMode = (typeof historyModes)[number];

export const templateFormats = ['csv', 'xlsx'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

/** One row per order, member or product ever imported: its latest content, and how often it changed. */
export const imported = sqliteTable('imported', {
  /** Derived from the source and the record's id there; it never contains a phone number. */
  key: text().primaryKey(),
  contentHash: text().notNull(),
  version: integer().notNull(),
});
export type Imported = typeof imported.$inferSelect;

/** The bounds of a table, in a file or in a page of one. */
export const tableColumnsMax = 100;
export const cellLengthMax = 2_000;
/** More than an order may have lines: the rows of one are never on two pages. */
export const pageRowsMax = 1_000;

/** The year from which a workbook counts its days: 1900, or 1904 where it once was a Macintosh's. */
export const dayOrigins = ['1900', '1904'] as const;
export type DayOrigin = (typeof dayOrigins)[number];

/** Half a character is none. */
const Cell = z
  .string()
  .max(cellLengthMax)
  .overwrite((cell) => cell.toWellFormed());
/** A page of a table that was read where there is time for it, in a browser. */
export const ImportPage = z.strictObject({
  header: z.array(Cell).min(1).max(tableColumnsMax),
  headerLine: z.int().min(1).meta({ description: 'As a spreadsheet counts, from 1.' }),
  origin: z.enum(dayOrigins).meta({ description: 'The year from which its days are counted.' }),
  rows: z
    .array(z.strictObject({ line: z.int().min(1), cells: z.array(Cell).max(tableColumnsMax) }))
    .max(pageRowsMax)
    .meta({ description: 'All rows of an order are on one page, in their order.' }),
});
export type ImportPage = z.infer<typeof ImportPage>;

const RowError = z.strictObject({
  /** As a spreadsheet counts, from 1. */
  line: z.int(),
  /** The column's heading; null when the whole line is meant. */
  column: z.string().nullable(),
  message: z.string(),
});
export type RowError = z.infer<typeof RowError>;

const Foreseen = z.strictObject({
  reckoned: z.int().meta({
    description: 'How many of them were reckoned: the first 250 of a file, the first 25 of a page.',
  }),
  points: z.int(),
  growth: z.int(),
  walletFen: z.int(),
  coupons: z.int(),
  messages: z.int(),
  reminders: z.int(),
});
/** What records would give if they were told now. */
export type Foreseen = z.infer<typeof Foreseen>;

const History = z.strictObject({
  asked: z.enum(historyModes),
  before: z.string().nullable().meta({
    format: 'date-time',
    description: 'Records from before are history; null where a file is taken as a whole.',
  }),
  records: z.int().meta({ description: 'Of those that are new or changed, how many are history.' }),
  others: z.int().meta({ description: 'How many are not: they are decided as if the till had sent them.' }),
  gives: Foreseen.nullable().meta({ description: 'Preview of sales only: what the others will give.' }),
  says: z.array(z.string()).meta({ description: 'The same in Chinese, for the merchant.' }),
});
export type History = z.infer<typeof History>;

const Sums = z.strictObject({
  members: z.int(),
  points: z.int(),
  principalFen: z.int(),
  bonusFen: z.int(),
  levels: z.record(z.string(), z.int()).meta({ description: 'How many members, by level.' }),
});
const Balances = z.strictObject({
  file: Sums.meta({ description: 'What the rows that can be imported bring.' }),
  counted: Sums.meta({ description: 'What of it stands in the books now.' }),
  waiting: z.int().meta({
    description:
      'Rows that were taken in and are not in the books yet; they are decided within seconds, or parked.',
  }),
});
/** 两边对账: the file's sums, and those of the books. */
export type Balances = z.infer<typeof Balances>;

/** What a report shows of what is wrong, and of what would come. */
export const reportedErrorsMax = 300;
export const reportedSampleMax = 20;

/** What an import did, or what a preview says it would do. */
export const ImportReport = z.strictObject({
  kind: z.enum(importKinds),
  mode: z.enum(importModes),
  rows: z.int().meta({ description: 'Lines with something in them, without the header.' }),
  records: z.int().meta({ description: 'Orders, members or products that can be imported.' }),
  fresh: z.int().meta({ description: 'Never imported before.' }),
  changed: z.int().meta({ description: 'Imported before with other content.' }),
  unchanged: z.int().meta({ description: 'Imported before exactly like this.' }),
  badRows: z.int().meta({ description: 'Lines that were not imported.' }),
  errors: z.array(RowError).meta({ description: 'What is wrong, line by line; the first few hundred.' }),
  ignoredColumns: z.array(z.string()),
  numbering: z.enum(numberings).nullable().meta({
    description: 'How the receipts were told apart, as the source says; null where there are none.',
  }),
  suggestedNumbering: z.enum(numberings).nullable().meta({
    description:
      'The rule that would tell these receipts apart, where numbers begin again; send it as `numbering`. Null where nothing repeats.',
  }),
  warnings: z.array(z.string()).meta({
    description:
      'For the merchant: what was left out of the file, such as totals, and receipts of one number that this numbering takes for one.',
  }),
  history: History.meta({
    description: '历史单据: it counts, and gives and wakes nothing.',
  }),
  balances: Balances.nullable().meta({
    description: 'Members only: preview the same file again after it was imported, and both sides are equal.',
  }),
  sample: z.array(z.unknown()).meta({ description: 'Preview only: the first records as canonical events.' }),
});
export type ImportReport = z.infer<typeof ImportReport>;
