/** 定义 in the database: rows stored under an id and listed newest first, for every table of definitions. */
import { getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { rowsAt, statement, type Db } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';

type Defined = SQLiteTable & { readonly id: SQLiteColumn; readonly createdAt: SQLiteColumn };

export async function readOne<Table extends Defined>(
  db: Db,
  table: Table,
  id: string,
): Promise<Table['$inferSelect'] | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(table, 't')} FROM ${getTableName(table)} AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(table, rowsAt(results, 0))[0] ?? null;
}

export async function listNewest<Table extends Defined>(
  db: Db,
  table: Table,
  before: NewestFirst,
  limit: number,
): Promise<Table['$inferSelect'][]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(table, 't')} FROM ${getTableName(table)} AS t
       WHERE (t.created_at, t.id) < (?1, ?2) ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return decodeAll(table, rowsAt(results, 0));
}
