/** 地址令牌: for senders that cannot sign. The URL itself is the secret, and only its digest is stored. */
import * as z from 'zod';
import { hexBytes, toHex } from './kernel/bytes.ts';
import { defineScheme, refuse } from './define.ts';
import { digest, isAnyDigest } from './kernel/digest.ts';
import { randomText } from './kernel/secret-forms.ts';
import { valuesOf } from './kernel/secrets.ts';

/** 128 random bits are 22 characters of base64url. */
const tokenShape = /^[A-Za-z0-9_-]{22,128}$/;

/** What is stored in place of the token: its SHA-256 in lower-case hex. */
export const tokenHash = async (token: string): Promise<string> => toHex(await digest('sha256', [token]));

/** A new token, which is shown once, and its hash, which is stored. */
export async function newToken(): Promise<{ readonly token: string; readonly hash: string }> {
  const token = randomText();
  return { token, hash: await tokenHash(token) };
}

/** Secrets are the hashes; the token is the last part of the path, handed over as `request.token`. */
export const urlToken = defineScheme({
  name: 'url-token',
  params: z.strictObject({}),
  secret: () => ({ form: 'address' }),
  verify: async ({ token }, secrets) => {
    const hashes = valuesOf(secrets)
      .map((hash) => hexBytes(hash))
      .filter((hash) => hash?.length === 32);
    if (hashes.length === 0) return refuse('no-secret');
    if (token == null || token === '') return refuse('missing');
    if (!tokenShape.test(token)) return refuse('malformed');
    let isKnown = false;
    for (const hash of hashes)
      isKnown = (hash !== null && (await isAnyDigest('sha256', hash, [[token]]))) || isKnown;
    return isKnown ? { ok: true, trust: 'token' } : refuse('mismatch');
  },
});
