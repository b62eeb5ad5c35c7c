/** Reads and writes the rows of every noun, shelf by shelf, asking none of them which it is. */
import { getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Changes } from '../../decide/changes.ts';
import {
  changesOfNoun,
  rowsOfNoun,
  noRows,
  sliceNames,
  slices,
  type Rows,
  type SliceName,
} from '../../decide/slices/index.ts';
import type { World } from '../../decide/world.ts';
import { json, statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { decodeValues, insertSet, objectList, primaryKeyOf, rowsOf, upsertSet, valueList } from '../set.ts';
import type { InTable, Shelves, GroupQuery } from './define.ts';
import { columnsOf } from '../documents/member-document.ts';
import { shelves as ours } from './index.ts';

type Tables = { readonly name: SliceName; readonly table: InTable };

/** The nouns that have a table of their own. */
const tablesOf = (shelves: Shelves): Tables[] =>
  sliceNames.flatMap((name) => {
    const { kept } = shelves[name];
    return kept.in === 'table' ? [{ name, table: kept }] : [];
  });

/** Every row of a noun as `row`, one JSON object, beside its columns: whoever reads it so need not know where it is kept. */
export function fromOf(name: SliceName, shelves: Shelves = ours): string {
  const { kept } = shelves[name];
  if (kept.in === 'table') {
    const columns = `${valueList(kept.table, 't')}, json_object(${objectList(kept.table, 't')}) AS row`;
    return `(SELECT ${columns} FROM ${getTableName(kept.table)} AS t)`;
  }
  const columns = columnsOf(kept);
  const values = columns.map((column, place) => `j.value ->> ${place} AS "${toSnakeCase(column)}"`);
  const pairs = columns.map((column, place) => `'${column}', j.value -> ${place}`);
  return `(SELECT m.id AS member_id, ${values.join(', ')}, json_object('memberId', m.id, ${pairs.join(', ')}) AS row
    FROM members AS m CROSS JOIN json_each(m.document, '$.${kept.field}') AS j)`;
}

/** Tables that are always read with a member, given the members as `m(id)`. */
export const ofMembers = (shelves: Shelves = ours): string[] =>
  tablesOf(shelves)
    .filter(({ table: { read } }) => read.by === 'member')
    .map(({ name, table: { table } }) => termOf(name, table, 't.member_id IN (SELECT id FROM m)'));

/** What the events of the group name, and what shelves select themselves. */
export function selectRows(wanted: GroupQuery, shelves: Shelves = ours): Statement[] {
  const { asked } = wanted.needs;
  const terms: string[] = [];
  const keys: Record<string, string[]> = {};
  const own: Statement[] = [];
  for (const { name, table: kept } of tablesOf(shelves)) {
    const { table, read } = kept;
    if (read.by === 'own') own.push(...read.select(wanted));
    if (read.by !== 'key' || asked[read.asked].size === 0) continue;
    terms.push(
      termOf(name, table, `t.${read.column} IN (SELECT value FROM json_each(?1, '$.${read.asked}'))`),
    );
    keys[read.asked] = [...asked[read.asked]];
  }
  const parameter = json(keys);
  return [...compounds(terms).map((sql) => statement(sql, parameter)), ...own];
}

/** Rows come as `kind` and `values`; kinds that are no noun are somebody else's. */
export function decodeRows(read: readonly Row[], shelves: Shelves = ours): Rows {
  const rows = noRows();
  for (const [kind, found] of Map.groupBy(read, (row) => row['kind'])) {
    const name = kind as SliceName;
    if (!Object.hasOwn(shelves, name)) continue;
    const { kept } = shelves[name];
    if (kept.in !== 'table') continue;
    const { slice, rows: map } = rowsOfNoun(name, rows);
    for (const { values } of found) {
      const row = decodeValues(kept.table, String(values));
      map.set(slice.keyOf(row), row);
    }
  }
  return rows;
}

/** What members keep with them is written with them; what belongs beside it is written here. */
export function writeRows(world: World, changes: Changes, shelves: Shelves = ours): Statement[] {
  return sliceNames.flatMap((name) => {
    const { rows, changed } = changesOfNoun(name, world, changes.rows);
    if (changed.size === 0) return [];
    const put = [...changed].map((key) => {
      const row = rows.get(key);
      if (row === undefined) throw new Error(`changed, but not in the world: ${name} ${key}`);
      return row as Record<string, unknown>;
    });
    const { kept, beside } = shelves[name];
    const own = kept.in === 'table' ? writeTable(name, kept, [...changed], put) : [];
    // The rows are of the noun whose shelf it is.
    return beside ? [...own, ...beside(put as never, world.now)] : own;
  });
}

/** The guard comes first: a row that somebody else has moved refuses the batch. */
function writeTable(
  name: SliceName,
  kept: InTable,
  keys: readonly string[],
  put: readonly Record<string, unknown>[],
): Statement[] {
  const { guardedBy } = slices[name];
  const { table, write } = kept;
  if (guardedBy === 'key') return [insertSet(table, put)];
  const isCounted = guardedBy === 'rev';
  const written = isCounted ? put.map((row) => ({ ...row, rev: Number(row['rev']) + 1 })) : put;
  const writing = write ? write(written as never) : [upsertSet(table, written)];
  return isCounted ? [guardRevs(name, kept, keys, put), ...writing] : writing;
}

/** Inserts a row, which the table refuses, for every row that is not as it was read. A row that was not there had rev 0. */
function guardRevs(
  name: SliceName,
  { table, keyColumn }: InTable,
  keys: readonly string[],
  rows: readonly Row[],
): Statement {
  const key = keyColumn ?? primaryKeyOf(table);
  const revs = keys.map((value, place) => [value, rows[place]?.['rev']]);
  return statement(
    `INSERT INTO guards (name) WITH ${rowsOf('?1')} SELECT '${name}' FROM r
     JOIN ${getTableName(table)} AS t ON t.${key} = v ->> 0 WHERE t.rev <> v ->> 1`,
    json(revs),
  );
}

/** Where rows of two members may lie, read or not; what they keep with them the fold has joined. */
export const tablesWhere = (how: 'move' | 'join', shelves: Shelves = ours): SQLiteTable[] =>
  tablesOf(shelves)
    .filter(({ name }) => slices[name].merge.how === how)
    .map(({ table: { table } }) => table);
