/** 幂等键: the answer to a request is stored with what the request wrote, so that repeating it changes nothing. */
import { json, statement, type Row, type Statement } from '../db.ts';
import { isRefusedBy } from '../refusals.ts';

export type KeptResponse = { readonly status: number; readonly body: unknown };

/** `key` identifies caller and path; `bodyHash` identifies the body. */
export type RequestKey = { readonly key: string; readonly bodyHash: string };

/** Null while the first request with this key has not been answered. */
export type KeptAnswer = { readonly bodyHash: string; readonly response: KeptResponse | null };

export const keptAnswer = (key: string): Statement =>
  statement(`SELECT body_hash AS "bodyHash", response FROM idempotency_keys WHERE key = ?1`, key);

export function toKeptAnswer(row: Row | undefined): KeptAnswer | null {
  if (row === undefined) return null;
  const { bodyHash, response } = row;
  // Only the statements below write this column, always a response or null as JSON.
  return { bodyHash: String(bodyHash), response: JSON.parse(String(response)) as KeptResponse | null };
}

/** Plain: the second of two that race breaks the key, and with it its batch. */
export const keepAnswer = ({ key, bodyHash }: RequestKey, response: KeptResponse, now: number): Statement =>
  statement(
    `INSERT INTO idempotency_keys (key, body_hash, response, at) VALUES (?1, ?2, ?3, CAST(?4 AS INTEGER))`,
    key,
    bodyHash,
    json(response),
    now,
  );

/** For what cannot be written in one batch: the key is taken first, and its answer filled in at the end. */
export const claimKey = ({ key, bodyHash }: RequestKey, now: number): Statement =>
  statement(
    `INSERT INTO idempotency_keys (key, body_hash, response, at) VALUES (?1, ?2, 'null', CAST(?3 AS INTEGER))
     ON CONFLICT (key) DO NOTHING`,
    key,
    bodyHash,
    now,
  );

export const fillAnswer = ({ key }: RequestKey, response: KeptResponse): Statement =>
  statement(`UPDATE idempotency_keys SET response = ?2 WHERE key = ?1`, key, json(response));

export const isKeyTaken = (error: unknown): boolean => isRefusedBy(error, 'idempotency_keys.key');
