/** Standard Webhooks: `v1,` base64 HMAC-SHA256 of `id.timestamp.body` (standard-webhooks spec, "Signature scheme"). */

/** Both ways: a sender's clock may run ahead as well as behind. */
const toleranceSeconds = 300;
/** More parts than this is an attack on the loop, not a rotation. */
const signaturesMax = 16;
const headerLengthMax = 4096;
const prefix = 'whsec_';

export type SignedHeaders = {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
};

export type Verification = 'valid' | 'missing-header' | 'stale' | 'mismatch';

const keys = new Map<string, Promise<CryptoKey>>();

/** The bytes behind `whsec_…` (or bare base64); null when it is not base64. */
function secretBytes(secret: string): Uint8Array<ArrayBuffer> | null {
  try {
    const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function keyOf(secret: string): Promise<CryptoKey> | null {
  const known = keys.get(secret);
  if (known) return known;
  const bytes = secretBytes(secret);
  if (bytes === null || bytes.length === 0) return null;
  const key = crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  keys.set(secret, key);
  return key;
}

/** Checks every offered v1 signature against every active secret; `verify` compares in constant time. */
export async function verifyStandardWebhook(
  { id, timestamp, signature }: SignedHeaders,
  body: Uint8Array,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<Verification> {
  if (!id || !timestamp || !signature) return 'missing-header';
  if (signature.length > headerLengthMax || id.length > headerLengthMax) return 'mismatch';
  // Digits only: a lenient parser would accept "1614265330abc", which the signature then covers as it is.
  if (!/^\d{1,12}$/.test(timestamp)) return 'mismatch';
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return 'stale';

  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);
  for (const part of signature.split(' ', signaturesMax)) {
    if (!part.startsWith('v1,')) continue;
    const offered = secretBytes(part.slice('v1,'.length));
    if (offered === null) continue;
    for (const secret of secrets) {
      const key = keyOf(secret);
      if (key && (await crypto.subtle.verify('HMAC', await key, offered, signed))) return 'valid';
    }
  }
  return 'mismatch';
}
