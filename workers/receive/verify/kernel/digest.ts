/** Digests and codes of the signed bytes, each computed once per active secret and compared in constant time. */
import { binaryText, concat, isEqual, utf8, type Part } from './bytes.ts';

export const hashes = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type Hash = (typeof hashes)[number];

const webNames: Readonly<Record<Hash, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha512: 'SHA-512',
};

export const digestBytes: Readonly<Record<Hash, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

type NodeCrypto = {
  createHash: (name: string) => { update: (bytes: Uint8Array) => { digest: () => Uint8Array } };
};

/**
 * Workerd has MD5 in WebCrypto, and needs no flag for it. Node, where tests and a self-hosted box run, has it in
 * node:crypto alone; asked for in this way, the deployed bundle imports nothing.
 */
const nodeCrypto = (): NodeCrypto | undefined => {
  // Node's own global; anywhere else there is no such property.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => NodeCrypto } };
  return process?.getBuiltinModule?.('node:crypto');
};

export async function digest(hash: Hash, parts: readonly Part[]): Promise<Uint8Array> {
  const bytes = concat(parts);
  const node = hash === 'md5' ? nodeCrypto() : undefined;
  if (node) return new Uint8Array(node.createHash('md5').update(bytes).digest());
  return new Uint8Array(await crypto.subtle.digest(webNames[hash], bytes));
}

/** Whether `offered` is the digest of any of the candidates, one for each active secret. */
export async function isAnyDigest(
  hash: Hash,
  offered: Uint8Array,
  candidates: readonly (readonly Part[])[],
): Promise<boolean> {
  let isOne = false;
  for (const parts of candidates) isOne = isEqual(await digest(hash, parts), offered) || isOne;
  return isOne;
}

export type HmacHash = Exclude<Hash, 'md5'>;

/** One merchant has few sources; more entries than this are secrets long since rotated. */
const keysMax = 64;
const keys = new Map<string, Promise<CryptoKey>>();

/** Imported once for as long as it is among the last used ones. */
export function keyOf(
  kind: HmacHash | 'ed25519',
  bytes: Uint8Array,
  importKey: () => Promise<CryptoKey>,
): Promise<CryptoKey> {
  const name = `${kind}:${binaryText(bytes)}`;
  const known = keys.get(name);
  if (known) return known;
  const key = importKey();
  const [oldest] = keys.keys();
  if (keys.size >= keysMax && oldest !== undefined) keys.delete(oldest);
  keys.set(name, key);
  return key;
}

export async function hmac(hash: HmacHash, secret: Part, parts: readonly Part[]): Promise<Uint8Array> {
  const bytes = typeof secret === 'string' ? utf8(secret) : secret;
  const key = await keyOf(hash, bytes, () =>
    crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: webNames[hash] }, false, ['sign']),
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, concat(parts)));
}

/**
 * Whether any of the offered codes is the HMAC under any of the secrets. The code is computed once for each secret
 * rather than verified for each pair: a header of sixteen signatures must not hash a megabyte sixteen times.
 */
export async function isAnyHmac(
  hash: HmacHash,
  offered: readonly Uint8Array[],
  secrets: readonly Part[],
  parts: readonly Part[],
): Promise<boolean> {
  let isOne = false;
  for (const secret of secrets) {
    const expected = await hmac(hash, secret, parts);
    for (const code of offered) isOne = isEqual(expected, code) || isOne;
  }
  return isOne;
}
