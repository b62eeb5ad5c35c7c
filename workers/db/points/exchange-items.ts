/** 兑换品 in the database: as the office set them, with how many of each were exchanged, and what a member sees of them. */
import {
  couponTemplates,
  exchangeItems,
  type CouponTemplateDefinition,
  type ExchangeItem,
  type ExchangeItemId,
  type MemberId,
} from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';
import { listNewest, readOne } from '../shop/definitions.ts';

export const insertItem = (item: ExchangeItem): Statement[] => [insertSet(exchangeItems, [item])];

export const listItems = (db: Db, before: NewestFirst, limit: number): Promise<ExchangeItem[]> =>
  listNewest(db, exchangeItems, before, limit);

export const readItem = (db: Db, id: ExchangeItemId): Promise<ExchangeItem | null> =>
  readOne(db, exchangeItems, id);

/** below-used: more was exchanged already than the new stock. stale: the item changed meanwhile. */
export async function replaceItem(
  db: Db,
  next: ExchangeItem,
  read: ExchangeItem,
): Promise<'replaced' | 'below-used' | 'stale'> {
  try {
    const results = await db.batch([
      statement(
        `UPDATE exchange_items SET definition = ?2, limit_count = ?3 WHERE id = ?1 AND definition = ?4 RETURNING id`,
        next.id,
        json(next.definition),
        next.limitCount,
        json(read.definition),
      ),
    ]);
    return rowsAt(results, 0).length > 0 ? 'replaced' : 'stale';
  } catch (error) {
    if (isRefusedBy(error, 'exchange_stock')) return 'below-used';
    throw error;
  }
}

export type ItemOffered = {
  readonly item: ExchangeItem;
  readonly template: CouponTemplateDefinition | null;
  /** How many of it the member has. */
  readonly used: number;
};

/** More than anybody scrolls through. */
export const itemsShownMax = 100;

/** 在架的, the cheapest first; those that are over, or not yet to be had, are among them. */
export function itemsFor(db: Db, memberId: MemberId): Promise<ItemOffered[]> {
  const found = `t.definition ->> 'enabled' = 1 ORDER BY t.definition ->> 'points', t.id LIMIT ${itemsShownMax}`;
  return offered(db, memberId, found);
}

export async function itemFor(db: Db, memberId: MemberId, id: ExchangeItemId): Promise<ItemOffered | null> {
  const [found] = await offered(db, memberId, 't.id = ?2', id);
  return found ?? null;
}

async function offered(
  db: Db,
  memberId: MemberId,
  found: string,
  ...params: readonly string[]
): Promise<ItemOffered[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(exchangeItems, 't')}, (SELECT count(*) FROM exchanges AS e
         WHERE e.member_id = ?1 AND e.item_id = t.id AND e.undone_at IS NULL) AS mine
       FROM exchange_items AS t WHERE ${found}`,
      memberId,
      ...params,
    ),
    statement(
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k
       WHERE k.id IN (SELECT definition ->> 'templateId' FROM exchange_items)`,
    ),
  ]);
  const templates = new Map(
    decodeAll(couponTemplates, rowsAt(results, 1)).map(({ id, definition }) => [id, definition]),
  );
  return decodeAll(exchangeItems, rowsAt(results, 0)).map((item, place) => ({
    item,
    template: templates.get(item.definition.templateId) ?? null,
    used: Number(rowsAt(results, 0)[place]?.['mine'] ?? 0),
  }));
}

/** Whether there is a 积分商城 at all. */
export async function hasItems(db: Db): Promise<boolean> {
  const results = await db.batch([
    statement(`SELECT 1 FROM exchange_items WHERE definition ->> 'enabled' = 1 LIMIT 1`),
  ]);
  return rowsAt(results, 0).length > 0;
}
