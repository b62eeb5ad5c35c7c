/** 兑换记录 in the database: one, or the newest of a member, each with its item and its coupon. */
import {
  coupons,
  exchangeItems,
  exchanges,
  type Coupon,
  type Exchange,
  type ExchangeId,
  type ExchangeItem,
  type MemberId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export type ExchangeDone = {
  readonly exchange: Exchange;
  readonly item: ExchangeItem | null;
  readonly coupon: Coupon | null;
};

export async function readExchange(db: Db, id: ExchangeId): Promise<ExchangeDone | null> {
  const [found] = await readExchanges(db, 'e.id = ?1', [id]);
  return found ?? null;
}

/** Since a moment, the newest first. */
export const exchangesOf = (
  db: Db,
  memberId: MemberId,
  { since, limit }: { readonly since: number; readonly limit: number },
): Promise<ExchangeDone[]> =>
  readExchanges(db, 'e.member_id = ?1 AND e.at > ?2 ORDER BY e.at DESC, e.id LIMIT ?3', [
    memberId,
    since,
    limit,
  ]);

async function readExchanges(
  db: Db,
  found: string,
  params: readonly (string | number)[],
): Promise<ExchangeDone[]> {
  const ask = (select: string): Statement => statement(select, ...params);
  const these = (column: string): string => `(SELECT ${column} FROM exchanges AS e WHERE ${found})`;
  const results = await db.batch([
    ask(`SELECT ${selectList(exchanges, 'e')} FROM exchanges AS e WHERE ${found}`),
    ask(
      `SELECT ${selectList(exchangeItems, 't')} FROM exchange_items AS t WHERE t.id IN ${these('e.item_id')}`,
    ),
    ask(`SELECT ${selectList(coupons, 'c')} FROM coupons AS c WHERE c.id IN ${these('e.coupon_id')}`),
  ]);
  const items = new Map(decodeAll(exchangeItems, rowsAt(results, 1)).map((item) => [item.id, item]));
  const held = new Map(decodeAll(coupons, rowsAt(results, 2)).map((coupon) => [coupon.id, coupon]));
  return decodeAll(exchanges, rowsAt(results, 0)).map((exchange) => ({
    exchange,
    item: items.get(exchange.itemId) ?? null,
    coupon: held.get(exchange.couponId) ?? null,
  }));
}
