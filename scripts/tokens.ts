/** The words of `npm run token`: making, listing and revoking, on whichever database it was pointed at. */
import { parseArgs } from 'node:util';
import { invalid } from '../workers/commands/invalid.ts';
import { makeToken, revokeToken, TokenInput } from '../workers/commands/shop/tokens.ts';
import type { Db } from '../workers/db/db.ts';
import { fromNewest } from '../workers/db/paging.ts';
import { listTokens, type Token } from '../workers/db/shop/tokens.ts';

export const usage = `usage:
  npm run token -- --name NAME --scope admin
  npm run token -- --name NAME --scope pos --source ID [--store ID …] [--expires 2027-06-30T00:00:00+08:00]
  npm run token -- list
  npm run token -- revoke tk_…
With --remote it speaks to the deployment, without it to this machine.`;

const listedMax = 200;

export type Said = { readonly isOk: boolean; readonly words: string };
export type Wish = {
  readonly isRemote: boolean;
  readonly work: (db: Db, now: number) => Promise<Said>;
};

/** Null when nobody can tell what is wanted. */
export function wishIn(args: readonly string[]): Wish | null {
  const given = parsed(args);
  if (!given) return null;
  const { values, positionals } = given;
  const { remote: isRemote = false, name, scope, source, store: stores, expires: expiresAt } = values;
  const [verb = 'make', id = '', ...rest] = positionals;
  if (rest.length > 0) return null;
  if (verb === 'list' && id === '') return { isRemote, work: list };
  if (verb === 'revoke' && id !== '') return { isRemote, work: (db, now) => revoke(db, id, now) };
  if (verb !== 'make' || id !== '' || name === undefined || scope === undefined) return null;
  const input = { name, scope, source, stores, expiresAt };
  return { isRemote, work: (db, now) => make(db, input, now) };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    name: text,
    scope: text,
    source: text,
    store: { type: 'string', multiple: true },
    expires: text,
    remote: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return null;
  }
}

async function make(db: Db, wanted: object, now: number): Promise<Said> {
  const input = TokenInput.safeParse(wanted);
  if (!input.success) return { isOk: false, words: invalid(input.error).detail };
  const draft = await makeToken({ db }, input.data, now);
  if ('code' in draft) return { isOk: false, words: draft.detail };
  await db.batch(draft.statements);
  const { secret } = draft.row;
  return { isOk: true, words: `${secret}\nKeep it: only its hash is stored, and nobody can show it again.` };
}

async function list(db: Db, now: number): Promise<Said> {
  const tokens = await listTokens(db, fromNewest, listedMax);
  return { isOk: true, words: tokens.map((token) => lineOf(token, now)).join('\n') };
}

async function revoke(db: Db, id: string, now: number): Promise<Said> {
  const revoked = await revokeToken(db, id, now);
  if ('code' in revoked) return { isOk: false, words: revoked.detail };
  return { isOk: true, words: lineOf(revoked, now) };
}

function lineOf(token: Token, now: number): string {
  const { id, scopes, name, sourceId, stores } = token;
  const bound = sourceId === null ? [] : [`of ${sourceId}`, ...(stores ? [`in ${stores.join(', ')}`] : [])];
  const used = token.lastUsedAt === null ? 'never used' : `last used ${dayOf(token.lastUsedAt)}`;
  return [id, name, scopes.join(', '), ...bound, stateOf(token, now), used].join(' · ');
}

function stateOf({ revokedAt, expiresAt }: Token, now: number): string {
  if (revokedAt !== null) return `revoked ${dayOf(revokedAt)}`;
  if (expiresAt === null) return 'valid';
  return `${expiresAt > now ? 'valid until' : 'expired'} ${dayOf(expiresAt)}`;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
