/** Set-based SQL: one statement per table however many rows, the rows as one JSON parameter. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { json, statement, type Row, type Statement } from './db.ts';

type Column = {
  readonly key: string;
  readonly name: string;
  readonly isJson: boolean;
  readonly isBool: boolean;
  readonly isGenerated: boolean;
  /** What stands where nothing is given. */
  readonly fallback: unknown;
};

type Shape = {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** SQL that follows from the table alone, made once. */
  readonly sql: Map<string, string>;
};

const shapes = new WeakMap<SQLiteTable, Shape>();

function shapeOf(table: SQLiteTable): Shape {
  let shape = shapes.get(table);
  if (!shape) {
    const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({
      key,
      name: toSnakeCase(key),
      isJson: column.dataType === 'json',
      isBool: column.dataType === 'boolean',
      isGenerated: column.generated !== undefined,
      fallback: column.default ?? null,
    }));
    const { primaryKeys } = getTableConfig(table);
    const composed = primaryKeys.flatMap((primaryKey) =>
      primaryKey.columns.map(({ name }) => toSnakeCase(name)),
    );
    const single = Object.entries(getTableColumns(table))
      .filter(([, column]) => column.primary)
      .map(([key]) => toSnakeCase(key));
    shape = {
      table: getTableName(table),
      columns,
      primaryKey: composed.length > 0 ? composed : single,
      sql: new Map(),
    };
    shapes.set(table, shape);
  }
  return shape;
}

function remembered(table: SQLiteTable, name: string, make: (shape: Shape) => string): string {
  const shape = shapeOf(table);
  let sql = shape.sql.get(name);
  if (sql === undefined) {
    sql = make(shape);
    shape.sql.set(name, sql);
  }
  return sql;
}

/** `m.id AS "id", m.created_at AS "createdAt"`: rows come back under the names the code uses. */
export const selectList = (table: SQLiteTable, alias: string): string =>
  remembered(table, `select ${alias}`, ({ columns }) =>
    columns.map(({ key, name }) => `${alias}.${name} AS "${key}"`).join(', '),
  );

/** `t.id, t.created_at`, for `json_array`: a row as one value, which `decodeValues` reads. */
export const valueList = (table: SQLiteTable, alias: string): string =>
  remembered(table, `values ${alias}`, ({ columns }) =>
    columns.map(({ name }) => `${alias}.${name}`).join(', '),
  );

/** `'id', t.id, 'isOpen', json(…)`, for `json_object`: a row as its JSON would be. */
export const objectList = (table: SQLiteTable, alias: string): string =>
  remembered(table, `object ${alias}`, ({ columns }) =>
    columns
      .map(({ key, name, isJson, isBool }) => {
        const value = `${alias}.${name}`;
        if (isBool) return `'${key}', json(iif(${value}, 'true', 'false'))`;
        return `'${key}', ${isJson ? `json(${value})` : value}`;
      })
      .join(', '),
  );

export function decodeValues<Table extends SQLiteTable>(table: Table, json: string): Table['$inferSelect'] {
  const values: unknown[] = JSON.parse(json);
  const decoded: Record<string, unknown> = {};
  shapeOf(table).columns.forEach((column, place) => {
    decoded[column.key] = decodeValue(column, values[place]);
  });
  // Every column of the table was selected in its order, and decoded by its own type.
  return decoded as Table['$inferSelect'];
}

function decodeValue({ isJson, isBool }: Column, value: unknown): unknown {
  if (isJson) return typeof value === 'string' ? JSON.parse(value) : value;
  return isBool ? value === 1 : value;
}

/** Undoes what SQLite cannot hold: JSON columns are parsed, booleans made of 0 and 1. */
export function decode<Table extends SQLiteTable>(table: Table, row: Row): Table['$inferSelect'] {
  const decoded: Record<string, unknown> = {};
  for (const column of shapeOf(table).columns) decoded[column.key] = decodeValue(column, row[column.key]);
  // Every column of the table was selected under its key, and decoded by its own type.
  return decoded as Table['$inferSelect'];
}

export function decodeAll<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Row[],
): Table['$inferSelect'][] {
  return rows.map((row) => decode(table, row));
}

function encode(columns: readonly Column[], rows: readonly Row[]): string {
  return json(
    rows.map((row) =>
      columns.map(({ key, isJson, fallback }) => {
        const value = row[key] === undefined ? fallback : row[key];
        return isJson && value !== null ? json(value) : value;
      }),
    ),
  );
}

type Insertable<Table extends SQLiteTable> = Table['$inferInsert'];

/** Plain insert: a key that is already there aborts the batch. `omit` leaves columns to the database. */
export function insertSet<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Insertable<Table>[],
  omit: readonly string[] = [],
): Statement {
  return statement(insertSql(table, omit), encodeFor(table, rows, omit));
}

/**
 * key: the column a row is known by, where the database numbers the rows and keeps that number (`omit`) to itself.
 * keep: what stays as it is in a row that is there. Setting a column writes its indexes, also to what they say already.
 */
type Numbered = { readonly key: string; readonly omit: readonly string[]; readonly keep: readonly string[] };

/** Insert, or replace every column but the key. */
export function upsertSet<Table extends SQLiteTable>(
  table: Table,
  rows: readonly Insertable<Table>[],
  numbered?: Numbered,
): Statement {
  const omit = numbered?.omit ?? [];
  const stays = [...omit, ...(numbered?.keep ?? [])];
  const sql = remembered(table, `upsert without ${stays.join()}`, (shape) => {
    const primaryKey = numbered ? [numbered.key] : shape.primaryKey;
    const changed = writtenOf(shape, stays)
      .filter(({ name }) => !primaryKey.includes(name))
      // Whoever writes over a row raises its rev.
      .map(({ name }) => (name === 'rev' ? `rev = ${shape.table}.rev + 1` : `${name} = excluded.${name}`));
    // `WHERE true` keeps the parser from reading ON CONFLICT as a join condition.
    const conflict = `WHERE true ON CONFLICT (${primaryKey.join(', ')}) DO UPDATE SET ${changed.join(', ')}`;
    return `${insertSql(table, omit)} ${conflict}`;
  });
  return statement(sql, encodeFor(table, rows, omit));
}

/**
 * The rows of a JSON parameter, as `r(v)`: `v ->> 0` is the first value of a row. Materialized, because json_each would write a
 * row out as text once more for every value that is asked of it.
 */
export const rowsOf = (parameter: string): string =>
  `r(v) AS MATERIALIZED (SELECT value FROM json_each(${parameter}))`;

const insertSql = (table: SQLiteTable, omit: readonly string[]): string =>
  remembered(table, `insert without ${omit.join()}`, (shape) => {
    const columns = writtenOf(shape, omit);
    const names = columns.map(({ name }) => name).join(', ');
    const values = columns.map((_, place) => `v ->> ${place}`).join(', ');
    return `INSERT INTO ${shape.table} (${names}) WITH ${rowsOf('?1')} SELECT ${values} FROM r`;
  });

function encodeFor(table: SQLiteTable, rows: readonly object[], omit: readonly string[]): string {
  return encode(writtenOf(shapeOf(table), omit), rows as readonly Row[]);
}

const writtenOf = ({ columns }: Shape, omit: readonly string[]): Column[] =>
  columns.filter(({ key, isGenerated }) => !isGenerated && !omit.includes(key));

/** The one column of the table's key. */
export function primaryKeyOf(table: SQLiteTable): string {
  const { table: name, primaryKey } = shapeOf(table);
  const [only, ...others] = primaryKey;
  if (only === undefined || others.length > 0) throw new Error(`the key of ${name} is not one column`);
  return only;
}

/** A JSON list for `IN (SELECT value FROM json_each(?))`. */
export const list = (values: Iterable<unknown>): string => json([...values]);
