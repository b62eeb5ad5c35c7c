/** 导购 and where they work, found by their number or by the WeChat account they bound. */
import { associates, stores, type Associate, type Store } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

export type Posted = { readonly associate: Associate; readonly store: Store | null };

export const associateById = (db: Db, id: string): Promise<Posted | null> => readPosted(db, 'id', id);

export const associateByOpenid = (db: Db, openid: string): Promise<Posted | null> =>
  readPosted(db, 'openid', openid);

async function readPosted(db: Db, column: 'id' | 'openid', value: string): Promise<Posted | null> {
  const found = `FROM associates AS t WHERE t.${column} = ?1 ORDER BY t.id LIMIT 1`;
  const results = await db.batch([
    statement(`SELECT ${selectList(associates, 't')} ${found}`, value),
    statement(
      `SELECT ${selectList(stores, 's')} FROM stores AS s WHERE s.id = (SELECT t.store_id ${found})`,
      value,
    ),
  ]);
  const [associate] = decodeAll(associates, rowsAt(results, 0));
  if (!associate) return null;
  return { associate, store: decodeAll(stores, rowsAt(results, 1))[0] ?? null };
}

const listedMax = 1_000;

/** Those who can be chosen for something. */
export const presentAssociates = async (db: Db): Promise<Associate[]> =>
  (await listAssociates(db)).filter(({ endedAt }) => endedAt === null);

/** Every one of them, by name; those who left come last. */
export async function listAssociates(db: Db): Promise<Associate[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(associates, 't')} FROM associates AS t ORDER BY t.ended_at IS NOT NULL, t.name, t.id LIMIT ${listedMax}`,
    ),
  ]);
  return decodeAll(associates, rowsAt(results, 0));
}
