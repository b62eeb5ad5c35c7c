/** 请求签名: the two families that cover most systems: sorted fields with a secret, and an HMAC over a text. */
import type { Signing } from '../define.ts';
import { fill, type Words } from './fill.ts';
import type { HttpSettings } from '../http-settings.ts';

export type Fields = Readonly<Record<string, string | number | boolean>>;
type Sign = NonNullable<HttpSettings['sign']>;

export async function keyValueSignature(
  sign: Extract<Sign, { kind: 'kv' }>,
  fields: Fields,
  secret: string,
  signing: Signing,
): Promise<string> {
  const names = Object.keys(fields)
    .filter((name) => !(sign.skipEmpty && fields[name] === ''))
    // Sorted by code unit, as in every vendor's sample.
    .toSorted((a, b) => (a < b ? -1 : 1));
  const pairs = names.map((name) => `${name}${sign.equals}${String(fields[name])}`).join(sign.joiner);
  const words = { secret };
  const text = fill(sign.before, words) + pairs + fill(sign.after, words);
  const hex = toHex(await signing.digest(sign.hash, text));
  return sign.letters === 'upper' ? hex.toUpperCase() : hex;
}

export async function codeSignature(
  sign: Extract<Sign, { kind: 'hmac' }>,
  words: Words,
  secret: string,
  signing: Signing,
): Promise<string> {
  const code = await signing.hmac(sign.hash, secret, fill(sign.over, words));
  return sign.prefix + (sign.encoding === 'hex' ? toHex(code) : btoa(String.fromCharCode(...code)));
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
