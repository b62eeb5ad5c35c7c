/** 商品和品类的名字: what the shop's goods, categories, brands and tags are called, found by name or by code. */
import type { ScopeKind } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { list } from '../set.ts';

/** 门店 stand beside them: a condition names them the same way. */
export type GoodsKind = ScopeKind | 'store';
export type Named = { readonly code: string; readonly name: string };

/** Names that an index cannot lead to are looked through, so many of each table: a shop has fewer goods. */
const rowsLookedAt = 10_000;

/** `code` and `name` of everything of a kind, as the goods' file tells it and as it was sold. A receipt has no name for a category. */
const seen: Readonly<Record<GoodsKind, string>> = {
  sku: `SELECT sku AS code, name FROM (SELECT sku, name FROM products LIMIT ${rowsLookedAt})
    UNION ALL SELECT sku, name FROM (SELECT sku, name FROM product_facts LIMIT ${rowsLookedAt})`,
  category: `SELECT c.value ->> 'id' AS code, c.value ->> 'name' AS name
    FROM (SELECT category_path FROM products LIMIT ${rowsLookedAt}) AS p, json_each(p.category_path) AS c
    UNION ALL SELECT c.value, c.value FROM (SELECT category_ids FROM product_facts LIMIT ${rowsLookedAt}) AS f, json_each(f.category_ids) AS c`,
  brand: `SELECT brand AS code, brand AS name FROM (SELECT brand FROM products LIMIT ${rowsLookedAt}) WHERE brand IS NOT NULL
    UNION ALL SELECT brand, brand FROM (SELECT brand FROM product_facts LIMIT ${rowsLookedAt}) WHERE brand IS NOT NULL`,
  tag: `SELECT t.value AS code, t.value AS name FROM (SELECT tags FROM products LIMIT ${rowsLookedAt}) AS p, json_each(p.tags) AS t`,
  store: `SELECT id AS code, name FROM stores`,
};

/** Of several names that one code had, one that says more than the code. */
const best = `coalesce(max(nullif(name, code)), code)`;

/** Those that most goods have stand first; of goods, those whose name begins so. */
export async function findGoods(db: Db, kind: GoodsKind, part: string, limit: number): Promise<Named[]> {
  const results = await db.batch([
    ...(kind === 'sku' && part !== '' ? [beginning(part, limit)] : []),
    statement(
      `SELECT code, ${best} AS name FROM (${seen[kind]}) GROUP BY code
       HAVING ?1 = '' OR instr(lower(${best}), lower(?1)) > 0 OR substr(code, 1, length(?1)) = ?1
       ORDER BY count(*) DESC, name, code LIMIT ?2`,
      part,
      limit,
    ),
  ]);
  const found = new Map(
    results.flatMap(({ rows }) => rows).map((row) => [String(row['code']), namedIn(row)]),
  );
  return [...found.values()].slice(0, limit);
}

/** One range of the index of names: also where a shop has more goods than are looked through. */
const beginning = (part: string, limit: number): Statement =>
  statement(
    `SELECT sku AS code, name FROM products WHERE name >= ?1 AND name < ?1 || char(0x10ffff) ORDER BY name LIMIT ?2`,
    part,
    limit,
  );

/** What is not among the answers was never seen in this shop. */
export async function nameGoods(db: Db, kind: GoodsKind, codes: readonly string[]): Promise<Named[]> {
  if (codes.length === 0) return [];
  const from =
    kind === 'sku'
      ? `SELECT sku AS code, name FROM products WHERE sku IN (SELECT value FROM json_each(?1))
         UNION ALL SELECT sku, name FROM product_facts WHERE sku IN (SELECT value FROM json_each(?1))`
      : `SELECT code, name FROM (${seen[kind]}) WHERE code IN (SELECT value FROM json_each(?1))`;
  const results = await db.batch([
    statement(`SELECT code, ${best} AS name FROM (${from}) GROUP BY code ORDER BY code`, list(codes)),
  ]);
  return rowsAt(results, 0).map(namedIn);
}

const namedIn = (row: Readonly<Record<string, unknown>>): Named => ({
  code: String(row['code']),
  name: String(row['name']),
});
