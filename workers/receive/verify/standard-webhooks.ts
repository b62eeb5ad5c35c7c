/** Standard Webhooks: `v1,` HMAC-SHA256 or `v1a,` Ed25519 of `id.timestamp.body` (standard-webhooks spec, "Signature scheme"). */
import * as z from 'zod';
import { base64Bytes, base64BytesLoose, concat, type Part } from './kernel/bytes.ts';
import { defineScheme, refuse, type Refused, type SignedRequest } from './define.ts';
import { isAnyHmac, keyOf } from './kernel/digest.ts';
import { isFresh, secondsOf, ToleranceSeconds, toleranceSecondsUsual } from './kernel/moment.ts';
import { whpk, whsec } from './kernel/secret-forms.ts';
import { valuesOf } from './kernel/secrets.ts';

/** More parts than this are an attack and no rotation. */
const signaturesMax = 16;
const headerLengthMax = 4096;

export type SignedHeaders = {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
};

const Params = z.strictObject({ toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual) });

type Offer = { readonly signatures: readonly Uint8Array<ArrayBuffer>[]; readonly signed: readonly Part[] };

/** What is offered under `version`, and what it must cover. */
function readOffer(
  { id, timestamp, signature }: SignedHeaders,
  body: Uint8Array,
  window: { readonly nowSeconds: number; readonly toleranceSeconds: number },
  version: 'v1' | 'v1a',
): Offer | Refused {
  if (!id || !timestamp || !signature) return refuse('missing');
  if (signature.length > headerLengthMax || id.length > headerLengthMax) return refuse('malformed');
  const seconds = secondsOf(timestamp);
  const parts = signature.split(' ', signaturesMax + 1);
  if (seconds === null || parts.length > signaturesMax) return refuse('malformed');
  if (!isFresh(seconds, window.nowSeconds, window.toleranceSeconds)) return refuse('stale');
  const signatures = parts
    .filter((part) => part.startsWith(`${version},`))
    .map((part) => base64Bytes(part.slice(version.length + 1)))
    .filter((bytes) => bytes !== null);
  return { signatures, signed: [`${id}.${timestamp}.`, body] };
}

/** Svix, where the scheme comes from, names its headers after itself; the two families are never mixed. */
function readHeaders(headers: Headers): SignedHeaders {
  const family = headers.has('webhook-signature') ? 'webhook' : 'svix';
  return {
    id: headers.get(`${family}-id`),
    timestamp: headers.get(`${family}-timestamp`),
    signature: headers.get(`${family}-signature`),
  };
}

const afterPrefix = (secret: string, prefix: string): Uint8Array<ArrayBuffer> | null =>
  base64BytesLoose(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret);

const hmacKeys = (secrets: readonly string[]): Uint8Array[] =>
  secrets.map((secret) => afterPrefix(secret, 'whsec_')).filter((key) => key !== null);

/** Secrets are `whsec_` and base64. */
export const standardWebhooks = defineScheme({
  name: 'standard-webhooks',
  params: Params,
  secret: () => whsec,
  verify: async (request, secrets, nowSeconds, { toleranceSeconds }) => {
    const keys = hmacKeys(valuesOf(secrets));
    if (keys.length === 0) return refuse('no-secret');
    const offer = offerOf(request, { nowSeconds, toleranceSeconds }, 'v1');
    if ('reason' in offer) return offer;
    const isGenuine = await isAnyHmac('sha256', offer.signatures, keys, offer.signed);
    return isGenuine ? { ok: true, trust: 'signed' } : refuse('mismatch');
  },
});

/** Secrets are public keys: `whpk_` and base64. */
export const standardWebhooksEd25519 = defineScheme({
  name: 'standard-webhooks-ed25519',
  params: Params,
  secret: () => whpk,
  verify: async (request, secrets, nowSeconds, { toleranceSeconds }) => {
    const keys = valuesOf(secrets)
      .map((secret) => afterPrefix(secret, 'whpk_'))
      .filter((key): key is Uint8Array<ArrayBuffer> => key?.length === 32);
    if (keys.length === 0) return refuse('no-secret');
    const offer = offerOf(request, { nowSeconds, toleranceSeconds }, 'v1a');
    if ('reason' in offer) return offer;
    const signed = concat(offer.signed);
    for (const bytes of keys) {
      const key = await keyOf('ed25519', bytes, () =>
        crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']),
      );
      for (const signature of offer.signatures) {
        if (await crypto.subtle.verify('Ed25519', key, signature, signed))
          return { ok: true, trust: 'signed' };
      }
    }
    return refuse('mismatch');
  },
});

const offerOf = (
  { headers, body }: SignedRequest,
  window: { readonly nowSeconds: number; readonly toleranceSeconds: number },
  version: 'v1' | 'v1a',
): Offer | Refused => readOffer(readHeaders(headers), body, window, version);

/** As our own 通用接口 is signed; `standardWebhooks` without the registry. */
export async function verifyStandardWebhook(
  signed: SignedHeaders,
  body: Uint8Array,
  secrets: readonly string[],
  nowSeconds: number,
): Promise<'valid' | 'missing-header' | 'stale' | 'mismatch'> {
  const offer = readOffer(signed, body, { nowSeconds, toleranceSeconds: toleranceSecondsUsual }, 'v1');
  if ('reason' in offer) {
    if (offer.reason === 'missing') return 'missing-header';
    return offer.reason === 'stale' ? 'stale' : 'mismatch';
  }
  const isGenuine = await isAnyHmac('sha256', offer.signatures, hmacKeys(secrets), offer.signed);
  return isGenuine ? 'valid' : 'mismatch';
}
