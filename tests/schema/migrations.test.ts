/** 迁移: the tables that are there are the tables the code believes in, and no migration loses a row. */
import { DatabaseSync } from 'node:sqlite';
import { getTableName, is } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { SQLiteSyncDialect, SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import * as schema from '../../schema/index.ts';
import { migrationFiles } from '../../scripts/runtime.ts';

const exported: unknown[] = Object.values(schema);
const tables = exported.filter((value) => is(value, SQLiteTable));
const files = migrationFiles();

function migrated(count = files.length, database = new DatabaseSync(':memory:'), from = 0): DatabaseSync {
  for (const { statements } of files.slice(from, count)) for (const sql of statements) database.exec(sql);
  return database;
}

const rows = (database: DatabaseSync, sql: string, ...params: string[]): Record<string, unknown>[] =>
  database
    .prepare(sql)
    .all(...params)
    .map((row) => ({ ...row }));

/** A WHERE as it compares: without the quotes, the table's name and the spaces that two writers put differently. */
const plain = (sql: string): string =>
  sql
    .toLowerCase()
    .replaceAll(/[`"]|\b\w+\./g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

function believed(table: SQLiteTable) {
  const { name, columns, indexes, primaryKeys, checks } = getTableConfig(table);
  const dialect = new SQLiteSyncDialect();
  const single = columns.filter(({ primary }) => primary).map((column) => toSnakeCase(column.name));
  const composed = primaryKeys.flatMap((key) => key.columns.map((column) => toSnakeCase(column.name)));
  return {
    name,
    columns: columns.map((column) => ({
      name: toSnakeCase(column.name),
      type: column.getSQLType().toUpperCase(),
      notNull: column.notNull,
    })),
    primaryKey: composed.length > 0 ? composed : single,
    indexes: indexes
      .map(({ config }) => ({
        name: config.name,
        isUnique: config.unique,
        columns: config.columns.map((column) =>
          'name' in column && typeof column.name === 'string'
            ? toSnakeCase(column.name)
            : plain(dialect.sqlToQuery(column.getSQL()).sql),
        ),
        where: config.where ? plain(dialect.sqlToQuery(config.where).sql) : null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    checks: checks.map((check) => check.name).toSorted(),
  };
}

function real(database: DatabaseSync, name: string) {
  // The short form leaves out columns that the database makes of others.
  const info = rows(database, `SELECT * FROM pragma_table_xinfo(?) ORDER BY cid`, name);
  const indexes = rows(database, `SELECT * FROM pragma_index_list(?) WHERE origin = 'c' ORDER BY name`, name);
  const [{ sql: created = '' } = {}] = rows(database, `SELECT sql FROM sqlite_master WHERE name = ?`, name);
  return {
    name,
    columns: info.map((column) => ({
      name: String(column['name']),
      type: String(column['type']).toUpperCase(),
      notNull: column['notnull'] === 1,
    })),
    primaryKey: info
      .filter(({ pk }) => Number(pk) > 0)
      .toSorted((a, b) => Number(a['pk']) - Number(b['pk']))
      .map((column) => String(column['name'])),
    indexes: indexes.map((index) => {
      const [{ sql: text = '' } = {}] = rows(
        database,
        `SELECT sql FROM sqlite_master WHERE name = ?`,
        String(index['name']),
      );
      const where = / where (.*)$/is.exec(String(text))?.[1];
      // An expression has no name: it stands in the text alone.
      const [, expression = ''] = / on \S+ \((.*?)\)(?: where .*)?$/is.exec(String(text)) ?? [];
      return {
        name: String(index['name']),
        isUnique: index['unique'] === 1,
        columns: rows(
          database,
          `SELECT name FROM pragma_index_info(?) ORDER BY seqno`,
          String(index['name']),
        ).map((column) => (typeof column['name'] === 'string' ? column['name'] : plain(expression))),
        where: where === undefined ? null : plain(where),
      };
    }),
    checks: [...String(created).matchAll(/CONSTRAINT\s+"(\w+)"\s+CHECK/g)]
      .map(([, check = '']) => check)
      .toSorted(),
  };
}

describe('after all migrations', () => {
  const database = migrated();

  test.each(tables.map((table) => [getTableName(table), table] as const))(
    '%s has the columns, keys, indexes and checks that the code believes in',
    (name, table) => {
      expect(real(database, name)).toEqual(believed(table));
    },
  );

  test('there is no table the code does not know', () => {
    const known = new Set(tables.map(getTableName));
    const names = rows(database, `SELECT name FROM sqlite_master WHERE type = 'table'`).map(({ name }) =>
      String(name),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  test('every table is STRICT, and WITHOUT ROWID where its key is text and no document stands beside it', () => {
    const wrong = tables.flatMap((table) => {
      const { name, columns, primaryKey } = believed(table);
      const [list] = rows(database, `SELECT wr, strict FROM pragma_table_list(?)`, name);
      const hasTextKey = primaryKey.some(
        (key) => columns.find((column) => column.name === key)?.type === 'TEXT',
      );
      const hasDocument = columns.some((column) => column.name === 'document');
      return list?.['strict'] === 1 && (list['wr'] === 1) === (hasTextKey && !hasDocument) ? [] : [name];
    });
    expect(wrong).toEqual([]);
  });

  test('no row disappears with another: there are no foreign keys', () => {
    expect(
      tables.filter(
        (table) => rows(database, `SELECT * FROM pragma_foreign_key_list(?)`, getTableName(table)).length > 0,
      ),
    ).toEqual([]);
  });

  test.each([
    [
      'a balance below zero where none is allowed',
      `INSERT INTO ledger VALUES ('m', 'points', 1, -5, -5, 0, 'c', 0, 0, 0, NULL, NULL)`,
      'ledger_never_negative',
    ],
    [
      'a posting of nothing',
      `INSERT INTO ledger VALUES ('m', 'points', 1, 0, 0, 0, 'c', 0, 0, 0, NULL, NULL)`,
      'ledger_moves',
    ],
    [
      'an account nobody keeps',
      `INSERT INTO ledger VALUES ('m', 'gold', 1, 1, 1, 1, 'c', 0, 0, 0, NULL, NULL)`,
      'ledger_account',
    ],
    [
      'the 101st of 100 slots',
      `INSERT INTO campaign_counters VALUES ('c', 101, 0, 100, NULL, NULL)`,
      'campaign_total',
    ],
    [
      'a fen beyond the budget',
      `INSERT INTO campaign_counters VALUES ('c', 1, 1001, NULL, 1000, NULL)`,
      'campaign_budget',
    ],
    [
      'a slot given back twice',
      `INSERT INTO campaign_counters VALUES ('c', -1, 0, NULL, NULL, NULL)`,
      'campaign_used',
    ],
    ['the 51st of 50 coupons', `INSERT INTO coupon_template_counters VALUES ('t', 51, 50)`, 'coupon_stock'],
    [
      'the 21st coupon of 20 a day',
      `INSERT INTO coupon_days VALUES ('t', '2026-11-22', 21, 20)`,
      'coupon_day',
    ],
    [
      'a coupon used for no receipt',
      `INSERT INTO coupons (id, member_id, template_id, state, valid_from, valid_to, issued_at) VALUES ('c', 'm', 't', 'used', 0, 1, 0)`,
      'coupon_use',
    ],
    [
      'more paid back for a super membership than it cost',
      `INSERT INTO super_memberships VALUES ('n', 'm', 's', '年卡', 100, 'none', 7, 0, 0, 1, NULL, 1, 'refunded', 101)`,
      'super_membership_money',
    ],
    [
      'a super membership that is over before it begins',
      `INSERT INTO super_memberships VALUES ('n', 'm', 's', '年卡', 100, 'none', 7, 0, 1, 1, NULL, NULL, NULL, 0)`,
      'super_membership_span',
    ],
    [
      'the fifth mass message to one person in a month',
      `INSERT INTO mass_counters VALUES ('o', '2026-11', 5)`,
      'mass_monthly',
    ],
    [
      'an invitation that two people took',
      `INSERT INTO scenes VALUES ('s', 'staff', '12', 'n', NULL, NULL, NULL, 0, 2, 0, NULL)`,
      'scene_once',
    ],
    ['a stale reading', `INSERT INTO guards VALUES ('member')`, 'reading_is_current'],
  ])('%s is refused', (_, sql, constraint) => {
    expect(() => database.exec(sql)).toThrow(`CHECK constraint failed: ${constraint}`);
  });

  test('a balance below zero is taken where the merchant allows it', () => {
    database.exec(`INSERT INTO ledger VALUES ('m', 'points', 1, -5, -5, 0, 'c', 0, 1, 0, NULL, NULL)`);
    expect(() =>
      database.exec(`INSERT INTO ledger VALUES ('m', 'points', 1, 5, 0, 5, 'd', 0, 0, 0, NULL, NULL)`),
    ).toThrow('UNIQUE constraint failed');
  });

  test('a text does not pass for a number, nor 1.5 for a whole one', () => {
    expect(() => database.exec(`INSERT INTO applied_events VALUES ('e', 'noon')`)).toThrow(
      'cannot store TEXT',
    );
    expect(() => database.exec(`INSERT INTO applied_events VALUES ('e', 1.5)`)).toThrow('cannot store REAL');
  });
});

describe('on a database in use', () => {
  /** No more than any counter may count. */
  const rowsEach = 4;
  /** Where any number will not do. */
  const larger = new Set(['valid_to', 'until_at']);

  function populate(database: DatabaseSync): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { name, sql } of rows(database, `SELECT name, sql FROM sqlite_master WHERE type = 'table'`)) {
      const table = String(name);
      // The guard refuses every row: that is its work.
      if (table === 'guards') continue;
      const allowed = (column: string): string | undefined =>
        new RegExp(`"${column}" IN \\('([^']+)'`).exec(String(sql))?.[1];
      const columns = rows(database, `SELECT name, type FROM pragma_table_info(?)`, table);
      for (let row = 1; row <= rowsEach; row += 1) {
        const values = columns.map((column) => {
          const label = String(column['name']);
          if (String(column['type']).toUpperCase() === 'INTEGER') return row + (larger.has(label) ? 1000 : 0);
          const choice = allowed(label);
          return choice === undefined ? `"${label} ${String(row)}"` : choice;
        });
        const marks = columns.map(() => '?').join(', ');
        database.prepare(`INSERT INTO ${table} VALUES (${marks})`).run(...values);
      }
      counts[table] = rowsEach;
    }
    return counts;
  }

  const counted = (database: DatabaseSync, names: readonly string[]): Record<string, number> => {
    const there = new Set(
      rows(database, `SELECT name FROM sqlite_master WHERE type = 'table'`).map(({ name }) => String(name)),
    );
    return Object.fromEntries(
      names
        .filter((name) => there.has(name))
        .map((name) => [name, Number(rows(database, `SELECT count(*) AS n FROM ${name}`)[0]?.['n'])]),
    );
  };

  test.each(files.map(({ name }, place) => [name, place] as const))(
    '%s keeps every row that was there',
    (_, place) => {
      const database = migrated(place);
      const before = populate(database);
      migrated(place + 1, database, place);
      const after = counted(database, Object.keys(before));
      expect(Object.entries(after).filter(([name, count]) => count !== before[name])).toEqual([]);
    },
  );

  test('the newest schema can hold a row of everything', () => {
    expect(Object.keys(populate(migrated())).length).toBeGreaterThan(20);
  });
});
