/**
 * 清理: what is no longer needed is emptied or dropped, a page at a time. Each pass remembers how far it came; at the end it
 * waits a month and begins again, for what was dealt with only after it had gone by.
 */
import { rowsAt, statement, type Db, type Statement, type Value } from './db.ts';
import { lastBefore } from './numbering.ts';
import { list } from './set.ts';

/** Looked at in one page, by their heads; changed at most: a row changed is a row written. */
const rowsLookedAt = 20_000;
const rowsChangedMax = 1_000;
const dayMs = 86_400_000;
const passEveryMs = 30 * dayMs;

type Pass = {
  readonly name: string;
  readonly table: 'inbox' | 'outbox' | 'applied_events' | 'idempotency_keys';
  readonly key: 'seq' | 'id' | 'key';
  /** Columns needed to choose by. */
  readonly columns: string;
  /** How far it may go today; from ?3 on, `params`. */
  readonly upTo?: string;
  readonly where: string;
  readonly change: string;
  readonly params: readonly Value[];
};

/** How many rows each pass changed. */
export async function runPasses(db: Db, passes: readonly Pass[], now: number): Promise<Map<string, number>> {
  const results = await db.batch(passes.flatMap((pass) => statementsOf(pass, now)));
  return new Map(passes.map(({ name }, place) => [name, rowsAt(results, place * statementsPerPass).length]));
}

const statementsPerPass = 2;

function statementsOf({ name, table, key, columns, upTo, where, change, params }: Pass, now: number): Statement[] {
  const isNumbered = key === 'seq';
  const position = `(SELECT position FROM chores WHERE name = ?1)`;
  const begin = isNumbered ? `CAST(coalesce(${position}, '0') AS INTEGER)` : `coalesce(${position}, '')`;
  const looked = `(SELECT ${columns} FROM ${table} WHERE ${key} > ${begin}${upTo ? ` AND ${key} <= ${upTo}` : ''}
    ORDER BY ${key} LIMIT ${rowsLookedAt})`;
  const chosen = `SELECT t.${key} FROM ${looked} AS t WHERE ${where} ORDER BY t.${key} LIMIT ${rowsChangedMax}`;
  return [
    statement(`${change} WHERE ${key} IN (${chosen}) RETURNING 1`, name, now, ...params),
    // The page has not changed but for what it says; rows that are gone were below its end or were its end.
    statement(
      `INSERT INTO chores (name, position, at)
       SELECT ?1, CAST(edge AS TEXT), CAST(?2 AS INTEGER) FROM (SELECT max(${key}) AS edge FROM ${looked}) WHERE edge IS NOT NULL
       ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
      name,
      now,
      ...params,
    ),
  ];
}
