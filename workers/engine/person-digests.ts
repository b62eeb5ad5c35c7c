/** 一人一次: by what a person is known again who has been forgotten. Without SEED nobody can try numbers until one fits. */
import type { Seed } from '../decide/plain/random.ts';
import type { Engine } from './engine.ts';
import { base32 } from '../platform/base32.ts';

/** No cause of a draw begins with this line, so no draw ever has the seed that this key is. */
const keyCause = 'key\nperson';
/** 130 bits. */
const digits = 26;

/** What of it is known. */
export type Person = {
  readonly phone?: string | null;
  readonly openid?: string | null;
  readonly unionid?: string | null;
  /** The openid of a follow: who follows has not joined. */
  readonly followed?: string | null;
};

export async function personDigests(
  { seeds }: Pick<Engine, 'seeds'>,
  { phone, openid, unionid, followed }: Person,
): Promise<readonly string[]> {
  const seed = (await seeds(new Set([keyCause]))).get(keyCause);
  if (!seed) throw new Error('no key for the digests of persons');
  const key = await keyOf(seed);
  const names = Object.entries({ phone, openid, unionid, followed }).flatMap(([kind, value]) =>
    value == null ? [] : [`${kind}:${value}`],
  );
  return Promise.all(names.map((name) => digest(key, name)));
}

const keyOf = (seed: Seed): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', Uint32Array.from(seed), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

const digest = async (key: CryptoKey, name: string): Promise<string> =>
  base32(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(name))), digits);
