/** 查小票: sales by the number on the receipt, or by how it begins: somebody reads out what she can. */
import type { StoreId } from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeSale, selectSale, type SaleRecord } from '../shelves/sale-document.ts';

export type ReceiptsAsked = {
  readonly number: string;
  /** Null is every store. */
  readonly stores: readonly StoreId[] | null;
  /** The id of the one that is meant, where several have the number. */
  readonly of: string | null;
  readonly limit: number;
};

export type ReceiptsFound = {
  readonly records: readonly SaleRecord[];
  /** Another receipt has this number too, whoever may see it. */
  readonly isShared: boolean;
};

/** Of one number, and of what begins alike: where numbers begin again each day, ten stores need a year to have as many. */
const lookedThroughMax = 4_000;

/** Where a number begins again, `@` and its place follow it in the id; `A` is the next sign after it. */
const inFull = `(t.id = n.namespace || ':' || ?1 OR (t.id >= n.namespace || ':' || ?1 || '@' AND t.id < n.namespace || ':' || ?1 || 'A'))`;
const byBeginning = `t.id >= n.namespace || ':' || ?1 AND t.id < n.namespace || ':' || ?1 || '~'`;
const seqs = (which: string): string =>
  `(SELECT t.seq FROM (SELECT 'erp' AS namespace UNION SELECT namespace FROM sources) AS n
    CROSS JOIN sales AS t ON ${which} LIMIT ${lookedThroughMax})`;

/** The number in full, the newest first; if there is none, those that begin with it, in the order of their ids. */
export async function receiptsNumbered(db: Db, asked: ReceiptsAsked): Promise<ReceiptsFound> {
  const results = await db.batch([
    statement(`SELECT count(*) AS alike FROM ${seqs(inFull)}`, asked.number),
    seen(asked, seqs(inFull), 't.seq DESC'),
    seen(asked, seqs(byBeginning), 't.id'),
  ]);
  const alike = Number(rowsAt(results, 0)[0]?.['alike'] ?? 0);
  if (alike > 0) return { records: rowsAt(results, 1).map(decodeSale), isShared: alike > 1 };
  const found = rowsAt(results, 2).map(decodeSale);
  // Some numbers are no part of their id.
  const whole = found.filter(({ sale }) => sale.orderNo === asked.number);
  return { records: whole.length > 0 ? whole : found, isShared: whole.length > 1 };
}

const seen = ({ number, stores, of, limit }: ReceiptsAsked, among: string, order: string): Statement =>
  statement(
    `SELECT ${selectSale} FROM ${among} AS found CROSS JOIN sales AS t ON t.seq = found.seq
     WHERE (?2 IS NULL OR t.store_id IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR t.id = ?3)
     ORDER BY ${order} LIMIT ?4`,
    number,
    stores === null ? null : json(stores),
    of,
    limit,
  );
