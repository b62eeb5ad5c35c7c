/** 接口令牌: who may call, found by the token's hash. */
import { apiTokens } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { keptAnswer, toKeptAnswer, type KeptAnswer } from './idempotency.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

export type Token = typeof apiTokens.$inferSelect;

export type Caller = { readonly token: Token | null; readonly kept: KeptAnswer | null };

/** The caller, and the stored answer of the same request, in one round trip. A revoked token is not found. */
export async function readCaller(db: Db, hash: string, key: string | null): Promise<Caller> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(apiTokens, 't')} FROM api_tokens AS t WHERE t.hash = ?1 AND t.revoked_at IS NULL`,
      hash,
    ),
    ...(key === null ? [] : [keptAnswer(key)]),
  ]);
  const [token] = decodeAll(apiTokens, rowsAt(results, 0));
  return { token: token ?? null, kept: toKeptAnswer(results[1]?.rows[0]) };
}

export const insertToken = (token: Token): Statement => insertSet(apiTokens, [token]);
