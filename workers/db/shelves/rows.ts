/** Reads and writes the rows of every noun, shelf by shelf, asking none of them which it is. */
import { getTableName } from 'drizzle-orm';
import type { Changes } from '../../decide/changes.ts';
import {
  rowsOfNoun,
  noKeys,
  noRows,
  sliceNames,
  slices,
  type Rows,
  type SliceName,
} from '../../decide/slices/index.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { decodeValues, insertSet, primaryKeyOf, rowsOf, upsertSet } from '../set.ts';
import type { Shelf, GroupQuery } from './define.ts';
import { shelves } from './index.ts';

// Shelves differ in their rows alone, and a loop hands each its own.
const shelfOf = (name: SliceName): Shelf => shelves[name] as unknown as Shelf;

/** Everything that is always read with a member, given the members as `m(id)`. */
export const ofMembers: readonly string[] = sliceNames
  .filter((name) => shelfOf(name).read.by === 'member')
  .map((name) => termOf(name, shelfOf(name).table, 't.member_id IN (SELECT id FROM m)'));

/** What the events of the group name, and what shelves select themselves. */
export function selectRows(query: GroupQuery): Statement[] {
  const { asked } = query.needs;
  const terms: string[] = [];
  const keys: Record<string, string[]> = {};
  const own: Statement[] = [];
  for (const name of sliceNames) {
    const { table, read } = shelfOf(name);
    if (read.by === 'own') own.push(...read.select(query));
    if (read.by !== 'key' || asked[read.asked].size === 0) continue;
    terms.push(
      termOf(name, table, `t.${read.column} IN (SELECT value FROM json_each(?1, '$.${read.asked}'))`),
    );
    keys[read.asked] = [...asked[read.asked]];
  }
  const parameter = JSON.stringify(keys);
  return [...compounds(terms).map((sql) => statement(sql, parameter)), ...own];
}

/** Rows come as `kind` and `values`; kinds that are no noun are somebody else's. */
export function decodeRows(read: readonly Row[]): Rows {
  const rows = noRows();
  const none = noKeys();
  for (const [kind, found] of Map.groupBy(read, (row) => row['kind'])) {
    const name = kind as SliceName;
    if (!Object.hasOwn(shelves, name)) continue;
    const { table } = shelfOf(name);
    const { slice, rows: map } = rowsOfNoun(name, rows, none);
    for (const { values } of found) {
      const row = decodeValues(table, String(values));
      map.set(slice.keyOf(row), row);
    }
  }
  return rows;
}

/** The guard comes first: a row that somebody else has moved refuses the batch. */
export function writeRows(world: Rows, changes: Changes): Statement[] {
  return sliceNames.flatMap((name) => {
    const { slice, rows, changed } = rowsOfNoun(name, world, changes.rows);
    if (changed.size === 0) return [];
    const { table, write } = shelfOf(name);
    const put = [...changed].map((key) => {
      const row = rows.get(key);
      if (row === undefined) throw new Error(`changed, but not in the world: ${name} ${key}`);
      return row as Record<string, unknown>;
    });
    if (slice.guardedBy === 'key') return [insertSet(table, put)];
    const isCounted = slice.guardedBy === 'rev';
    const written = isCounted ? put.map((row) => ({ ...row, rev: Number(row['rev']) + 1 })) : put;
    const writing = write ? write(written as never) : [upsertSet(table, written)];
    return isCounted ? [guardRevs(name, [...changed], put), ...writing] : writing;
  });
}

/** Inserts a row, which the table refuses, for every row that is not as it was read. A row that was not there had rev 0. */
function guardRevs(name: SliceName, keys: readonly string[], rows: readonly Row[]): Statement {
  const { table, keyColumn } = shelfOf(name);
  const key = keyColumn ?? primaryKeyOf(table);
  const revs = keys.map((value, place) => [value, rows[place]?.['rev']]);
  return statement(
    `INSERT INTO guards (name) WITH ${rowsOf('?1')} SELECT '${name}' FROM r
     JOIN ${getTableName(table)} AS t ON t.${key} = v ->> 0 WHERE t.rev <> v ->> 1`,
    JSON.stringify(revs),
  );
}

const tablesWhere = (how: 'move' | 'join'): string[] =>
  sliceNames
    .filter((name) => slices[name].merge.how === how)
    .map((name) => getTableName(shelfOf(name).table));
export const movedTables = tablesWhere('move');
export const joinedTables = tablesWhere('join');
