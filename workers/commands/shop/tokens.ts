/** 接口令牌: made once and shown once, listed without its secret, and taken back. */
import * as z from 'zod';
import { Instant, StoreIds, tokenScopes, type StoreId } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { readSource } from '../../db/sources/registered-sources.ts';
import { insertToken, takeBack, type Token } from '../../db/shop/tokens.ts';
import { base32 } from '../../platform/base32.ts';
import { newId, sha256Hex } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';

export const TokenInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scope: z.enum(tokenScopes),
  source: z.string().trim().min(1).max(40).optional().meta({
    description: 'The system that a till sends as: a token of scope pos acts for it alone.',
  }),
  stores: StoreIds.nullable().optional().meta({
    description: 'The stores that a till acts in; left out or null, all of them.',
  }),
  expiresAt: Instant.nullable()
    .optional()
    .meta({ description: 'Left out or null, it does not end by itself.' }),
});
export type TokenInput = z.infer<typeof TokenInput>;

/** `secret` is what the caller sends; only its hash is stored. */
export type MadeToken = { readonly token: Token; readonly secret: string };

export async function makeToken(
  { db }: { readonly db: Db },
  { name, scope, source, stores = null, expiresAt = null }: TokenInput,
  now: number,
): Promise<Draft<MadeToken> | Problem> {
  const isTill = scope === 'pos';
  if (!isTill && (source !== undefined || stores !== null))
    return invalidField(
      source === undefined ? 'stores' : 'source',
      'binds a till; the office acts for the whole shop',
    );
  if (isTill && source === undefined)
    return invalidField(
      'source',
      'names the system that the till sends as; a token of scope pos acts for one',
    );
  const endsAt = expiresAt === null ? null : Date.parse(expiresAt);
  if (endsAt !== null && endsAt <= now) return invalidField('expiresAt', 'has passed already');
  if (source !== undefined && !(await readSource(db, source)))
    return invalidField('source', 'is not a registered source');
  const secret = newSecret();
  const token: Token = {
    hash: await sha256Hex(secret),
    id: newId('tk'),
    name,
    scopes: [scope],
    sourceId: source ?? null,
    stores: stores as readonly StoreId[] | null,
    createdAt: now,
    expiresAt: endsAt,
    revokedAt: null,
    lastUsedAt: null,
  };
  return { row: { token, secret }, statements: [insertToken(token)] };
}

/** 190 random bits. */
const secretDigits = 38;
const newSecret = (): string =>
  `hk_${base32(crypto.getRandomValues(new Uint8Array(secretDigits)), secretDigits)}`;

/** From then on it opens nothing. Revoking it again changes nothing. */
export async function revokeToken(db: Db, id: string, now: number): Promise<Token | Problem> {
  return (await takeBack(db, id, now)) ?? unknownToken;
}

const unknownToken: Problem = { status: 404, code: 'unknown_token', detail: 'no token has this id' };
