/** 什么占地方: about how many rows the large tables have and what they take, from some of each; no table is read through. */
import { getTableName } from 'drizzle-orm';
import {
  contacts,
  couponMoves,
  coupons,
  decisions,
  identities,
  inbox,
  ledger,
  members,
  outbox,
  refunds,
  sales,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { valueList } from '../set.ts';

/** Their rows have numbers, so that the last one says how many there are. */
const numbered = { inbox, decisions, sales, members, outbox, contacts, couponMoves } as const;
/** These are counted, and no farther than this. */
const unnumbered = { refunds, identities, coupons, ledger } as const;
const countedMax = 1_000;

const large = { ...numbered, ...unnumbered };
export type LargeTable = keyof typeof large;

export type TableSize = {
  readonly table: LargeTable;
  /** At most so many: rows that were deleted leave a gap in the numbers. */
  readonly rows: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
  readonly bytes: number;
};

const rowsLookedAt = 50;

/** The largest first. */
export async function readSizes(db: Db): Promise<TableSize[]> {
  const tables = Object.keys(large) as LargeTable[];
  const results = await db.batch(tables.map(sizeOf));
  return tables
    .map((table, place): TableSize => {
      const [found] = rowsAt(results, place);
      const rows = Number(found?.['rows'] ?? 0);
      const bytes = Math.round(rows * Number(found?.['each'] ?? 0));
      return { table, rows, isMore: !(table in numbered) && rows === countedMax, bytes };
    })
    .filter(({ rows }) => rows > 0)
    .toSorted((one, other) => other.bytes - one.bytes);
}

/** Each end for itself: asked for both at once, SQLite reads the table through. */
const numberedRows = (name: string): string =>
  `coalesce((SELECT max(rowid) FROM ${name}) - (SELECT min(rowid) FROM ${name}) + 1, 0)`;

function sizeOf(which: LargeTable): Statement {
  const table = large[which];
  const name = getTableName(table);
  const [rows, order] =
    which in numbered
      ? [numberedRows(name), 'ORDER BY t.rowid DESC']
      : [`(SELECT count(*) FROM (SELECT 1 FROM ${name} LIMIT ${countedMax}))`, ''];
  const width = `length(CAST(json_array(${valueList(table, 't')}) AS BLOB))`;
  return statement(
    `SELECT ${rows} AS rows,
       (SELECT avg(bytes) FROM (SELECT ${width} AS bytes FROM ${name} AS t ${order} LIMIT ${rowsLookedAt})) AS each`,
  );
}
