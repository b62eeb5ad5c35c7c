/**
 * 安全模式: signs, seals and opens as the platform does (developers.weixin.qq.com/doc/service/guide/dev/push/encryption).
 *
 * Written from the document and not from Huike's own code, so that a mistake there is refused here.
 */
import { base64Of, hexOf, randomBytes } from '../plain/random.ts';

/** What the merchant has copied from the console; `id` is the appid, or the corpid of WeCom. */
export type Secrets = { readonly token: string; readonly aesKey: string; readonly id: string };

const unit = 32;
const headLength = 20;

export async function signatureOf(...parts: readonly string[]): Promise<string> {
  const sorted = [...parts].sort().join('');
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(sorted))));
}

async function cipherOf(aesKey: string): Promise<{ key: CryptoKey; iv: Uint8Array }> {
  const raw = bytesOf(`${aesKey}=`);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'AES-CBC' }, false, ['encrypt', 'decrypt']);
  return { key, iv: raw.slice(0, 16) };
}

/** Random(16), length(4), text, id; padded to a multiple of 32 with the number of bytes that were missing. */
export async function seal(text: string, { aesKey, id }: Secrets): Promise<string> {
  const [content, owner] = [text, id].map((part) => new TextEncoder().encode(part));
  if (!content || !owner) throw new Error('There is nothing to seal.');
  const length = headLength + content.length + owner.length;
  const missing = unit - (length % unit);
  const plain = new Uint8Array(length + missing);
  plain.set(randomBytes(16), 0);
  plain.set(
    [24, 16, 8, 0].map((shift) => (content.length >>> shift) & 255),
    16,
  );
  plain.set(content, headLength);
  plain.set(owner, headLength + content.length);
  plain.fill(missing, length);
  const { key, iv } = await cipherOf(aesKey);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, plain);
  return base64Of(new Uint8Array(sealed).slice(0, plain.length));
}

/** Null unless it was sealed with this key, padded by the rule, and for this id. */
export async function open(sealed: string, { aesKey, id }: Secrets): Promise<string | null> {
  try {
    const bytes = bytesOf(sealed);
    if (bytes.length === 0 || bytes.length % unit !== 0) return null;
    const { key, iv } = await cipherOf(aesKey);
    // WebCrypto takes off padding of its own kind, so some of that kind is put on.
    const more = await crypto.subtle.encrypt(
      { name: 'AES-CBC', iv: bytes.slice(-16) },
      key,
      new Uint8Array(),
    );
    const all = new Uint8Array([...bytes, ...new Uint8Array(more)]);
    const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, all));
    return contentOf(plain, id);
  } catch {
    // Not base64, not this key, or not UTF-8: in each case not ours.
    return null;
  }
}

function contentOf(padded: Uint8Array, id: string): string | null {
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > unit || padded.slice(-padding).some((byte) => byte !== padding)) return null;
  const plain = padded.slice(0, -padding);
  const [a = 0, b = 0, c = 0, d = 0] = plain.slice(16, headLength);
  const end = headLength + (a << 24) + (b << 16) + (c << 8) + d;
  if (end < headLength || end > plain.length) return null;
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return strict.decode(plain.slice(end)) === id ? strict.decode(plain.slice(headLength, end)) : null;
}

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
