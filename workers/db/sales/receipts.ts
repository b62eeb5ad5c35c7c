/** 查小票: sales by the number on the receipt, or by how it begins: somebody reads out what she can. */
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeSale, selectSale, type SaleRecord } from '../shelves/sale-document.ts';

/** Every number is found by how it begins, in the order of their ids, so that no more is read than is shown. */
export async function receiptsNumbered(db: Db, number: string, limit: number): Promise<SaleRecord[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectSale} FROM (SELECT 'erp' AS namespace UNION SELECT namespace FROM sources) AS n
       CROSS JOIN sales AS t ON t.id >= n.namespace || ':' || ?1 AND t.id < n.namespace || ':' || ?1 || '~' LIMIT ?2`,
      number,
      limit,
    ),
  ]);
  const found = rowsAt(results, 0).map(decodeSale);
  // Who reads it out in full means that one, though others begin like it.
  const whole = found.filter(({ sale }) => sale.orderNo === number);
  return whole.length > 0 ? whole : found;
}
