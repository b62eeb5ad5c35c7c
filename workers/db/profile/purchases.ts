/** 消费记录: one member's purchases, newest first, also those of one product alone; and one of them with what came back of it. */
import { refunds, type MemberId, type Refund, type SaleId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, selectList } from '../set.ts';
import { decodeSale, selectSale, type SaleRecord } from '../shelves/sale-document.ts';
import { isOfLine } from '../shelves/product-facts.ts';

/** No index knows what a member bought: so many of her purchases are looked at for one page, and the next goes on from there. */
const salesLookedAt = 200;

/** More than one sale is ever returned in. */
const refundsShownMax = 50;

type PurchasePage = {
  readonly items: readonly SaleRecord[];
  readonly next: NewestFirst | null;
};

/** `text` is part of a product's name or code, or of the receipt's number; an empty one is part of all. */
export async function listPurchases(
  db: Db,
  memberId: MemberId,
  { text, before, limit }: { readonly text: string; readonly before: NewestFirst; readonly limit: number },
): Promise<PurchasePage> {
  const looked = (columns: string): string =>
    `SELECT ${columns} FROM sales AS t WHERE t.member_id = ?1 AND (t.occurred_at, t.id) < (?2, ?3)
     ORDER BY t.occurred_at DESC, t.id DESC`;
  const place = [memberId, before.at, before.id] as const;
  const results = await db.batch([
    statement(
      `WITH looked AS MATERIALIZED (${looked('t.*')} LIMIT ${salesLookedAt})
       SELECT ${selectSale} FROM looked AS t WHERE ?4 = '' OR instr(lower(t.order_no), ?4) > 0 OR EXISTS (
         SELECT 1 FROM json_each(t.document, '$[2]') AS sold CROSS JOIN product_facts AS facts ON ${isOfLine('facts', 'sold')}
         WHERE instr(lower(facts.name), ?4) > 0 OR instr(lower(facts.sku), ?4) > 0)
       ORDER BY t.occurred_at DESC, t.id DESC LIMIT ?5`,
      ...place,
      text.toLowerCase(),
      limit + 1,
    ),
    statement(`${looked('t.occurred_at AS at, t.id')} LIMIT 1 OFFSET ${salesLookedAt - 1}`, ...place),
  ]);
  const found = rowsAt(results, 0).map(decodeSale);
  const items = found.slice(0, limit);
  const last = items.at(-1)?.sale;
  if (found.length > limit && last) return { items, next: { at: last.occurredAt, id: last.id } };
  const [edge] = rowsAt(results, 1);
  return { items, next: edge ? { at: Number(edge['at']), id: String(edge['id']) } : null };
}

export type Purchase = SaleRecord & {
  readonly storeName: string | null;
  /** The first at the front. */
  readonly refunds: readonly Refund[];
};

/** Null where there is no such sale, or it is somebody else's. */
export async function readPurchase(db: Db, memberId: MemberId, id: SaleId): Promise<Purchase | null> {
  const results = await db.batch([
    statement(`SELECT ${selectSale} FROM sales AS t WHERE t.id = ?1 AND t.member_id = ?2`, id, memberId),
    statement(
      `SELECT ${selectList(refunds, 't')} FROM refunds AS t WHERE t.sale_id = ?1
       ORDER BY t.occurred_at, t.refund_no LIMIT ${refundsShownMax}`,
      id,
    ),
    statement(
      `SELECT name FROM stores WHERE id = (SELECT store_id FROM sales WHERE id = ?1 AND member_id = ?2)`,
      id,
      memberId,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  if (!row) return null;
  const name = rowsAt(results, 2)[0]?.['name'];
  return {
    ...decodeSale(row),
    refunds: decodeAll(refunds, rowsAt(results, 1)),
    storeName: typeof name === 'string' ? name : null,
  };
}
