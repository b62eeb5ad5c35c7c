/** 可以选的会员群: levels that members have, and goods that were sold, for whoever chooses a group. */
import { rowsAt, statement, type Db } from '../db.ts';

const rowsLookedAt = 5_000;
const shownMax = 500;

export type Named = { readonly value: string; readonly label: string };
export type KnownGroups = {
  readonly levels: readonly string[];
  readonly categories: readonly Named[];
  readonly products: readonly Named[];
};

export async function readKnownGroups(db: Db): Promise<KnownGroups> {
  const products = `(SELECT * FROM products ORDER BY sku LIMIT ${rowsLookedAt})`;
  const results = await db.batch([
    statement(
      `SELECT level FROM (SELECT level FROM members LIMIT ${rowsLookedAt}) WHERE level IS NOT NULL
       UNION SELECT j.value ->> 'name' FROM settings AS s CROSS JOIN json_each(s.value, '$.levels.list') AS j
       WHERE s.key = 'merchant' ORDER BY 1 LIMIT ${shownMax}`,
    ),
    statement(
      `SELECT c.value ->> '$.id' AS value, max(coalesce(nullif(c.value ->> '$.name', ''), c.value ->> '$.id')) AS label
       FROM ${products} AS p CROSS JOIN json_each(p.category_path) AS c GROUP BY 1 ORDER BY 1 LIMIT ${shownMax}`,
    ),
    statement(
      `SELECT sku AS value, coalesce(nullif(name, ''), sku) AS label FROM ${products} ORDER BY name LIMIT ${shownMax}`,
    ),
  ]);
  const named = (place: number): Named[] =>
    rowsAt(results, place).map(({ value, label }) => ({ value: String(value), label: String(label) }));
  return {
    levels: rowsAt(results, 0).map(({ level }) => String(level)),
    categories: named(1),
    products: named(2),
  };
}
