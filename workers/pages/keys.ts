/** 密钥: everything that the pages sign or hash is keyed by the merchant's SEED, with a separate key for each use. */
import { base32 } from '../platform/base32.ts';

const uses = [
  'cookie',
  'form',
  'phone',
  'openid',
  'address',
  'code',
  'opening',
  'invite',
  'device',
  'network',
] as const;
type Use = (typeof uses)[number];

export type PageKeys = {
  /** For hono's signed cookies. */
  readonly cookie: () => Promise<Uint8Array<ArrayBuffer>>;
  /** A keyed hash as text: nobody without SEED can find the input by trying. */
  readonly tag: (use: Use, text: string) => Promise<string>;
  /** Compares in constant time. */
  readonly isTag: (use: Use, text: string, tag: string) => Promise<boolean>;
};

const algorithm = { name: 'HMAC', hash: 'SHA-256' };
const encoder = new TextEncoder();

export function pageKeys(seed: string): PageKeys {
  const importKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
    crypto.subtle.importKey('raw', raw, algorithm, false, ['sign', 'verify']);
  const sign = async (key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));

  const root = importKey(Uint8Array.from(encoder.encode(seed)));
  // No cause of a draw begins with this text, so no draw shares a seed with these keys.
  const derive = async (use: Use): Promise<Uint8Array<ArrayBuffer>> => sign(await root, `key\npages/${use}`);
  const keys = new Map<Use, Promise<CryptoKey>>();
  const keyOf = (use: Use): Promise<CryptoKey> => {
    const known = keys.get(use) ?? derive(use).then(importKey);
    keys.set(use, known);
    return known;
  };
  return {
    cookie: () => derive('cookie'),
    tag: async (use, text) => toHex(await sign(await keyOf(use), text)),
    isTag: async (use, text, tag) => {
      const bytes = fromHex(tag);
      return bytes !== null && crypto.subtle.verify('HMAC', await keyOf(use), bytes, encoder.encode(text));
    },
  };
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^(?:[0-9a-f]{2}){32}$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const wordDigits = 26;

/** 130 random bits as letters and digits. */
export const newWord = (): string => base32(crypto.getRandomValues(new Uint8Array(wordDigits)), wordDigits);

const codeSize = 1_000_000;
const wordSize = 0x1_0000_0000;
const codeLimit = wordSize - (wordSize % codeSize);

/** Six digits, each code equally likely. */
export function newCode(): string {
  for (;;) {
    const [drawn = codeLimit] = crypto.getRandomValues(new Uint32Array(1));
    // Values above the last whole million would favour small codes, so they are skipped.
    if (drawn < codeLimit) return String(drawn % codeSize).padStart(6, '0');
  }
}
