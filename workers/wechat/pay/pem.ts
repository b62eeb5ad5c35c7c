/**
 * 微信支付的钥匙: RSA keys out of PEM, whether WeChat gave a public key or a certificate.
 *
 * A certificate's key is found by walking its DER (RFC 5280 §4.1). Its issuer and dates are not looked at: it was
 * put here by the merchant, or opened with the merchant's own APIv3 key.
 */

const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** WeChat Pay pads with OAEP over SHA-1: pay.weixin.qq.com/doc/v3/merchant/4013053257. */
const sealing = { name: 'RSA-OAEP', hash: 'SHA-1' } as const;

/** For `verify`; null when the text holds neither a public key nor a certificate. */
export const importPublicKey = (pem: string): Promise<CryptoKey | null> => importSpki(pem, signing, 'verify');

/** For `sealRsa`; null as above. The same PEM serves both. */
export const importSealingKey = (pem: string): Promise<CryptoKey | null> =>
  importSpki(pem, sealing, 'encrypt');

async function importSpki(
  pem: string,
  algorithm: typeof signing | typeof sealing,
  usage: 'verify' | 'encrypt',
): Promise<CryptoKey | null> {
  const certificate = bytesIn(pem, 'CERTIFICATE');
  const spki = certificate === null ? bytesIn(pem, 'PUBLIC KEY') : publicKeyIn(certificate);
  if (spki === null) return null;
  try {
    return await crypto.subtle.importKey('spki', spki, algorithm, false, [usage]);
  } catch {
    return null;
  }
}

/** For `sign`: the merchant's `apiclient_key.pem` (PKCS#8); null when it is anything else. */
export async function importPrivateKey(pem: string): Promise<CryptoKey | null> {
  const pkcs8 = bytesIn(pem, 'PRIVATE KEY');
  if (pkcs8 === null) return null;
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, signing, false, ['sign']);
  } catch {
    return null;
  }
}

const pemLengthMax = 16_384;

function bytesIn(pem: string, label: string): Uint8Array<ArrayBuffer> | null {
  if (pem.length > pemLengthMax) return null;
  const [head, foot] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`];
  const start = pem.indexOf(head);
  const end = pem.indexOf(foot, start);
  if (start < 0 || end < 0) return null;
  try {
    const base64 = pem.slice(start + head.length, end).replaceAll(/\s/g, '');
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

type Element = {
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly end: number;
};

const sequenceTag = 0x30;
const versionTag = 0xa0;

function publicKeyIn(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const certificate = elementAt(der, 0);
  const signed = certificate?.tag === sequenceTag ? elementAt(der, certificate.content) : null;
  if (signed?.tag !== sequenceTag) return null;
  const parts: Element[] = [];
  for (let at = signed.content; at < signed.end;) {
    const part = elementAt(der, at);
    if (part === null) return null;
    parts.push(part);
    at = part.end;
  }
  // [version], serial, algorithm, issuer, validity, subject, and then the key.
  const key = parts[parts[0]?.tag === versionTag ? 6 : 5];
  return key?.tag === sequenceTag ? der.slice(key.start, key.end) : null;
}

function elementAt(der: Uint8Array, start: number): Element | null {
  const tag = der[start];
  const first = der[start + 1];
  if (tag === undefined || first === undefined) return null;
  let content = start + 2;
  let length = first;
  if (first >= 0x80) {
    const bytes = first - 0x80;
    if (bytes < 1 || bytes > 3) return null;
    length = 0;
    for (let place = 0; place < bytes; place += 1) length = length * 256 + (der[content + place] ?? 0);
    content += bytes;
  }
  const end = content + length;
  return end <= der.length ? { tag, start, content, end } : null;
}
