/** 变动的来历: the receipts of hers and the campaigns that rows of her accounts speak of, by their names. */
import type { MemberId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { list } from '../set.ts';

type Named = { readonly saleIds: readonly string[]; readonly campaignIds: readonly string[] };
type Names = {
  readonly orders: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
};

/** As many looks into an index as there are rows on a page. */
export async function readCauseNames(
  db: Db,
  memberId: MemberId,
  { saleIds, campaignIds }: Named,
): Promise<Names> {
  const results = await db.batch([
    statement(
      `SELECT t.id, t.order_no AS name FROM json_each(?2) AS j CROSS JOIN sales AS t ON t.id = j.value
       WHERE t.member_id = ?1`,
      memberId,
      list(new Set(saleIds)),
    ),
    statement(
      `SELECT c.id, c.definition ->> 'name' AS name FROM json_each(?1) AS j CROSS JOIN campaigns AS c ON c.id = j.value
       WHERE c.in_force_to IS NULL`,
      list(new Set(campaignIds)),
    ),
  ]);
  return { orders: byId(rowsAt(results, 0)), campaigns: byId(rowsAt(results, 1)) };
}

const byId = (rows: readonly Row[]): Map<string, string> =>
  new Map(rows.map(({ id, name }) => [String(id), String(name)]));
