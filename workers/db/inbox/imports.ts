/** 导入 in the database: what was imported before, and a batch that stores what is new together with the memory of it. */
import { imported, type Imported, type NumberPlace, type SaleId } from '../../../schema/index.ts';
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

/** Asked for in one statement: a list of them has to stay well below what a statement may carry. */
const idsPerStatement = 5000;

/** Where sales that are kept got their numbers. */
export async function readKeptPlaces(
  db: Db,
  ids: readonly SaleId[],
): Promise<ReadonlyMap<SaleId, NumberPlace>> {
  const found = new Map<SaleId, NumberPlace>();
  for (let from = 0; from < ids.length; from += idsPerStatement) {
    const results = await db.batch([
      statement(
        `SELECT id, store_id AS store, terminal, coalesce(business_on, occurred_on) AS day FROM sales
         WHERE id IN (SELECT value FROM json_each(?1))`,
        list(ids.slice(from, from + idsPerStatement)),
      ),
    ]);
    for (const { id, store, terminal, day } of rowsAt(results, 0)) {
      // The columns are text, as the table has them.
      found.set(id as SaleId, {
        store: String(store),
        terminal: terminal as string | null,
        day: String(day),
      });
    }
  }
  return found;
}

/** False when somebody else imported one of them meanwhile: then nothing was written. */
export async function writeImported(
  db: Db,
  before: ReadonlyMap<string, Imported>,
  after: readonly Imported[],
  inserts: readonly Statement[],
): Promise<boolean> {
  try {
    await db.batch([isAsRead(before, after), ...inserts, upsertSet(imported, after)]);
    return true;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return false;
    throw error;
  }
}

/** Inserts a row, which the table refuses, for everything that is not as it was read. */
const isAsRead = (before: ReadonlyMap<string, Imported>, after: readonly Imported[]): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'imported' FROM json_each(?1) AS j
     LEFT JOIN imported AS i ON i.key = j.value ->> 0 WHERE coalesce(i.version, 0) <> j.value ->> 1`,
    list(after.map(({ key }) => [key, before.get(key)?.version ?? 0])),
  );
