/** 导入 in the database: what was imported before, and a batch that stores what is new together with the memory of it. */
import { imported, type Imported } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, list, selectList, upsertSet } from '../set.ts';

export async function readImported(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, Imported>> {
  if (keys.length === 0) return new Map();
  const results = await db.batch([
    statement(
      `SELECT ${selectList(imported, 't')} FROM imported AS t WHERE t.key IN (SELECT value FROM json_each(?1))`,
      list(keys),
    ),
  ]);
  return new Map(decodeAll(imported, rowsAt(results, 0)).map((row) => [row.key, row]));
}

/** False when somebody else imported one of them meanwhile: then nothing was written. */
export async function writeImported(
  db: Db,
  after: readonly Imported[],
  inserts: readonly Statement[],
): Promise<boolean> {
  try {
    await db.batch([isNext(after), ...inserts, upsertSet(imported, after)]);
    return true;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return false;
    throw error;
  }
}

/** Inserts a row, which the table refuses, for everything whose next version is not the one about to be written. */
const isNext = (after: readonly Imported[]): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'imported' FROM json_each(?1) AS j
     LEFT JOIN imported AS i ON i.key = j.value ->> 0 WHERE coalesce(i.version, 0) + 1 <> j.value ->> 1`,
    list(after.map(({ key, version }) => [key, version])),
  );
