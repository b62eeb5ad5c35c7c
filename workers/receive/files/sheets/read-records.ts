/** 读表: a sheet as records to import, and the errors of all other lines. */
import { defaultTimezone, type RowError } from '../../../../schema/index.ts';
import { localDate } from '../../../decide/plain/dates.ts';
import { isPlausible } from '../../../decide/plain/moments.ts';
import { matchHeader, readRow, type Column, type Row } from '../columns.ts';
import type { FileKind, ImportRecord, Reckoning, Repeat } from '../kind.ts';
import { ordered } from './ordered.ts';
import type { Sheet } from './sheet.ts';

export type Records = {
  readonly records: readonly ImportRecord[];
  readonly errors: readonly RowError[];
  readonly repeats: readonly Repeat[];
  /** For the merchant: which good rows are no records, and why. */
  readonly notes: readonly string[];
  readonly rows: number;
  readonly badRows: number;
  readonly ignoredColumns: readonly string[];
};

export function readRecords(kind: FileKind, sheet: Sheet, reckoning: Reckoning, now: number): Records {
  const { columns, ignored, errors: headerErrors } = matchHeader(sheet, kind.columns);
  const count = { rows: sheet.rows.length, ignoredColumns: ignored };
  // Without its columns no line can be read: one error instead of twenty thousand.
  if (headerErrors.length > 0)
    return {
      ...count,
      records: [],
      errors: headerErrors,
      repeats: [],
      notes: [],
      badRows: sheet.rows.length,
    };

  const clock = { zone: reckoning.zone, origin: sheet.origin };
  const good: Row[] = [];
  const errors: RowError[] = [];
  const { rows, broken, nameAt } = ordered(kind, sheet, columns, clock);
  for (const row of rows) {
    const read = readRow(row, columns, clock);
    if (!Array.isArray(read)) {
      good.push(read);
      continue;
    }
    errors.push(...read);
    const name = nameAt(row);
    if (name !== '' && !broken.has(name)) broken.set(name, row.line);
  }
  const { whole, torn } = apart(good, kind.together, broken);
  errors.push(...torn);
  const grouped = kind.group(whole, reckoning);
  errors.push(...grouped.errors);
  const faults = new Map(grouped.records.map((record) => [record, momentFault(kind, record, now)]));
  errors.push(...[...faults.values()].filter((fault) => fault !== null));
  const records = grouped.records.filter((record) => faults.get(record) === null);
  const imported = records.reduce((sum, { lines }) => sum + lines.length, 0);
  return {
    ...count,
    records,
    repeats: grouped.repeats ?? [],
    notes: grouped.notes ?? [],
    errors: errors.toSorted((a, b) => a.line - b.line),
    badRows: sheet.rows.length - imported - (grouped.leftOut ?? 0),
  };
}

/** What the till would be told of later is said before anything is stored. */
function momentFault(
  { momentHeading }: FileKind,
  { type, occurredAt, lines }: ImportRecord,
  now: number,
): RowError | null {
  const at = occurredAt === null ? now : Date.parse(occurredAt);
  if (isPlausible(type, at, now)) return null;
  const wrong = at > now ? '比现在晚一天以上' : '太早了';
  return {
    line: lines[0] ?? 1,
    column: momentHeading,
    message: `${localDate(at, defaultTimezone)} ${wrong}，请检查这一列的日期`,
  };
}

/** An order is imported whole or not at all, because half a receipt would earn half the points. */
function apart(
  rows: readonly Row[],
  together: Column['key'] | null,
  broken: ReadonlyMap<string, number>,
): { whole: readonly Row[]; torn: readonly RowError[] } {
  if (together === null || broken.size === 0) return { whole: rows, torn: [] };
  const whole: Row[] = [];
  const torn: RowError[] = [];
  for (const row of rows) {
    const name = String(row.values[together] ?? '');
    const because = broken.get(name);
    if (because === undefined) whole.push(row);
    else
      torn.push({
        line: row.line,
        column: null,
        message: `同一单 ${name} 的第 ${because} 行有误，整单未导入`,
      });
  }
  return { whole, torn };
}
