/** 云厂商签名用的摘要: HMACs and hashes in the shapes that both vendors write down. */
import { base64Of, hexOf } from '../plain/random.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export async function sha256(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', encode(text))));
}

export async function hmac(
  hash: 'SHA-1' | 'SHA-256',
  key: string | Uint8Array,
  text: string,
): Promise<Uint8Array> {
  const raw = typeof key === 'string' ? encode(key) : key;
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encode(text)));
}

export const hmacHex = async (key: string | Uint8Array, text: string): Promise<string> =>
  hexOf(await hmac('SHA-256', key, text));

export const hmacSha1Base64 = async (key: string, text: string): Promise<string> =>
  base64Of(await hmac('SHA-1', key, text));
