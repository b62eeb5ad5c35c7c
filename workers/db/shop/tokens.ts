/** 接口令牌: who may call, found by the token's hash. */
import { apiTokens } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { keptAnswer, toKeptAnswer, type KeptAnswer } from './idempotency.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

export type Token = typeof apiTokens.$inferSelect;

export type Caller = { readonly token: Token | null; readonly kept: KeptAnswer | null };

/** The caller, and the stored answer of the same request, in one round trip. A revoked or expired token is not found. */
export async function readCaller(db: Db, hash: string, key: string | null, now: number): Promise<Caller> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(apiTokens, 't')} FROM api_tokens AS t
       WHERE t.hash = ?1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2)`,
      hash,
      now,
    ),
    ...(key === null ? [] : [keptAnswer(key)]),
  ]);
  const [token] = decodeAll(apiTokens, rowsAt(results, 0));
  return { token: token ?? null, kept: toKeptAnswer(results[1]?.rows[0]) };
}

export const noteUse = (hash: string, now: number): Statement =>
  statement(`UPDATE api_tokens SET last_used_at = CAST(?2 AS INTEGER) WHERE hash = ?1`, hash, now);

export const insertToken = (token: Token): Statement => insertSet(apiTokens, [token]);

/** Revoked ones stay listed: a shop wants to know when it took a key away. */
const tokensBefore = ({ at, id }: NewestFirst, limit: number): Statement =>
  statement(
    `SELECT ${selectList(apiTokens, 't')} FROM api_tokens AS t
     WHERE (t.created_at, t.id) < (?1, ?2) OR ?2 = '' ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
    at,
    id,
    limit,
  );

export async function listTokens(db: Db, before: NewestFirst, limit: number): Promise<Token[]> {
  return decodeAll(apiTokens, rowsAt(await db.batch([tokensBefore(before, limit)]), 0));
}

/** The first time counts. No row when there is no such token. */
const revokeToken = (id: string, now: number): Statement =>
  statement(
    `UPDATE api_tokens SET revoked_at = coalesce(revoked_at, CAST(?2 AS INTEGER)) WHERE id = ?1
     RETURNING ${selectList(apiTokens, 'api_tokens')}`,
    id,
    now,
  );

export async function takeBack(db: Db, id: string, now: number): Promise<Token | null> {
  return decodeAll(apiTokens, rowsAt(await db.batch([revokeToken(id, now)]), 0))[0] ?? null;
}
