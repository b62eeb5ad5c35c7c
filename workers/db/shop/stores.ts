/** 门店, 导购 and 商品 as the merchant enters them; fields not given stay as they were. */
import {
  associates,
  defaultTimezone,
  products,
  stores,
  type Associate,
  type AssociateId,
  type Product,
  type Store,
  type StoreId,
} from '../../../schema/index.ts';
import { bumpConfig } from '../world/apply.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList, upsertSet } from '../set.ts';

export type StoreGiven = {
  readonly id: StoreId;
  readonly name: string;
  readonly timezone: string | undefined;
};

export async function putStore(db: Db, { id, name, timezone }: StoreGiven): Promise<WithoutRev<Store>> {
  const results = await db.batch([
    statement(
      `INSERT INTO stores (id, name, timezone) VALUES (?1, ?2, coalesce(?3, ?4))
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, timezone = coalesce(?3, timezone), rev = rev + 1`,
      id,
      name,
      timezone ?? null,
      defaultTimezone,
    ),
    bumpConfig(),
    statement(`SELECT ${selectList(stores, 't')} FROM stores AS t WHERE t.id = ?1`, id),
  ]);
  return only(decodeAll(stores, rowsAt(results, 2)));
}

export type AssociateGiven = {
  readonly id: AssociateId;
  readonly name: string;
  /** Undefined leaves it; null clears it. */
  readonly storeId: StoreId | null | undefined;
  readonly wecomUserId: string | null | undefined;
  readonly openid: string | null | undefined;
};

/** Whoever has left is bound to no account until they are back. */
export async function putAssociate(db: Db, given: AssociateGiven): Promise<WithoutRev<Associate>> {
  const { id, name, storeId, openid, wecomUserId } = given;
  const results = await db.batch([
    statement(
      `INSERT INTO associates (id, name, store_id, openid, wecom_user_id) VALUES (?1, ?2, ?3, ?4, ?7)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, rev = rev + 1,
         store_id = CASE WHEN ?5 THEN excluded.store_id ELSE store_id END,
         openid = CASE WHEN ?6 AND ended_at IS NULL THEN excluded.openid ELSE openid END,
         wecom_user_id = CASE WHEN ?8 AND ended_at IS NULL THEN excluded.wecom_user_id ELSE wecom_user_id END`,
      id,
      name,
      storeId ?? null,
      openid ?? null,
      storeId === undefined ? 0 : 1,
      openid === undefined ? 0 : 1,
      wecomUserId ?? null,
      wecomUserId === undefined ? 0 : 1,
    ),
    statement(`SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id = ?1`, id),
  ]);
  return only(decodeAll(associates, rowsAt(results, 1)));
}

export async function putProduct(db: Db, product: Omit<Product, 'rev'>): Promise<void> {
  await db.batch([upsertSet(products, [product])]);
}

/** `rev` only guards writes; answers leave it out. */
type WithoutRev<Row> = Omit<Row, 'rev'>;

function only<Row extends { readonly rev: number }>([row]: readonly Row[]): WithoutRev<Row> {
  if (row === undefined) throw new Error('a row that was just written is not there');
  const { rev: _, ...answer } = row;
  return answer;
}

const listedMax = 1_000;

/** Every store, by name: a chain of a hundred is one page. */
export async function listStores(db: Db): Promise<Store[]> {
  const results = await db.batch([
    statement(`SELECT ${selectList(stores, 't')} FROM stores AS t ORDER BY t.name, t.id LIMIT ${listedMax}`),
  ]);
  return decodeAll(stores, rowsAt(results, 0));
}
