/** Who calls, and whether the same request was answered before, in one round trip. */
import type { TokenScope } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import type { KeptAnswer } from '../../db/shop/idempotency.ts';
import { noteUse, readCaller, type Token } from '../../db/shop/tokens.ts';
import type { Clock } from '../../engine/ports.ts';
import { log } from '../../platform/log.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { sha256Hex } from '../../platform/digest.ts';

const keyShape = /^[\x21-\x7e]{1,128}$/;
const bearerShape = /^Bearer +(hk_[\x21-\x7e]{1,200})$/i;

export type Caller = {
  readonly token: Token;
  /** The database's name for the key; null when none was sent. */
  readonly key: string | null;
  readonly kept: KeptAnswer | null;
};

/** A row a day for each token, and not one for each call. */
const notedEveryMs = 24 * 3_600_000;

type Access = { readonly scope: TokenScope; readonly takesKey: boolean };

export async function authenticate(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  request: Request,
  { scope, takesKey }: Access,
): Promise<Caller | Problem> {
  const [, bearer] = bearerShape.exec(request.headers.get('authorization') ?? '') ?? [];
  if (bearer === undefined) return unauthorized('send Authorization: Bearer hk_…');
  const given = takesKey ? request.headers.get('idempotency-key') : null;
  if (given !== null && !keyShape.test(given)) {
    return invalidField('Idempotency-Key', 'must be 1 to 128 visible ASCII characters');
  }
  const hash = await sha256Hex(bearer);
  const path = new URL(request.url).pathname;
  // Two callers may choose the same key, and one caller may use it for two paths.
  const key = given === null ? null : await sha256Hex([hash, request.method, path, given].join('\n'));
  const now = clock();
  const { token, kept } = await readCaller(db, hash, key, now);
  if (!token) return unauthorized('the token is not known, has expired, or was revoked');
  if (!isAllowed(token, scope)) {
    return {
      status: 403,
      code: 'insufficient_scope',
      detail: `this call needs the scope ${scope}; the token has ${token.scopes.join(', ') || 'none'}`,
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    };
  }
  await noteLastUse(db, token, now);
  return { token, key, kept };
}

/** Nobody waits for it, and nothing depends on it: a call is answered although it could not be noted. */
async function noteLastUse(db: Db, { hash, name, lastUsedAt }: Token, now: number): Promise<void> {
  if (lastUsedAt !== null && now - lastUsedAt < notedEveryMs) return;
  try {
    await db.batch([noteUse(hash, now)]);
  } catch (error) {
    log('warn', 'token_use_not_noted', { name, why: error instanceof Error ? error.name : 'unknown' });
  }
}

const isAllowed = ({ scopes }: Token, scope: TokenScope): boolean =>
  scopes.includes('admin') || scopes.includes(scope);

const unauthorized = (detail: string): Problem => ({
  status: 401,
  code: 'unauthorized',
  detail,
  headers: { 'www-authenticate': 'Bearer' },
});
