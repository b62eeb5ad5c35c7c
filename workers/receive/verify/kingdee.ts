/** 金蝶云星辰: signs our requests to it, and verifies its requests. */
import * as z from 'zod';
import { base64Bytes, isEqual, toBase64, toHex, utf8 } from './kernel/bytes.ts';
import { defineScheme, refuse } from './define.ts';
import { hmac } from './kernel/digest.ts';
import { isFresh, secondsOf, ToleranceSeconds } from './kernel/moment.ts';
import { valuesOf } from './kernel/secrets.ts';

export type KingdeeRequest = {
  readonly method: string;
  /** From the slash on, as it is before any encoding. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly timestamp: string;
};

/** What is signed: every line ends in a line feed, and the query is encoded twice. */
export function kingdeeText({ method, path, query, nonce, timestamp }: KingdeeRequest): string {
  const twice = (text: string): string => encodeURIComponent(encodeURIComponent(text));
  const sorted = Object.entries(query).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const pairs = sorted.map(([name, value]) => `${twice(name)}=${twice(value)}`).join('&');
  const headers = `x-api-nonce:${nonce}\nx-api-timestamp:${timestamp}\n`;
  return `${method}\n${encodeURIComponent(path)}\n${pairs}\n${headers}`;
}

/** `X-Api-Signature`: base64 of the hex digest, not of its bytes. Source: 金蝶云星辰开放平台, 接口签名. */
export const kingdeeSignature = async (text: string, secret: string): Promise<string> =>
  toBase64(utf8(toHex(await hmac('sha256', secret, [text]))));

export async function isKingdeeSigned(
  text: string,
  signature: string,
  secrets: readonly string[],
): Promise<boolean> {
  const offered = signature.length > 256 ? null : base64Bytes(signature);
  let isOne = false;
  for (const secret of secrets) {
    const expected = base64Bytes(await kingdeeSignature(text, secret));
    if (offered && expected) isOne = isEqual(offered, expected) || isOne;
  }
  return isOne;
}

/** Covers no body, so it serves requests that have none: any other is refused. */
export const kingdee = defineScheme({
  name: 'kingdee-outbound',
  params: z.strictObject({ toleranceSeconds: ToleranceSeconds.optional() }),
  verify: async ({ method, url, query, headers, body }, secrets, nowSeconds, { toleranceSeconds }) => {
    const keys = valuesOf(secrets, 'secret');
    if (keys.length === 0) return refuse('no-secret');
    if (body.length > 0) return refuse('malformed');
    const [nonce, timestamp, signature] = ['x-api-nonce', 'x-api-timestamp', 'x-api-signature'].map(
      (name) => headers.get(name) ?? '',
    );
    if (!nonce || !timestamp || !signature) return refuse('missing');
    const seconds = secondsOf(timestamp, 'ms');
    if (seconds === null || base64Bytes(signature) === null) return refuse('malformed');
    if (toleranceSeconds !== undefined && !isFresh(seconds, nowSeconds, toleranceSeconds))
      return refuse('stale');
    const values = [...query];
    const named = Object.fromEntries(values);
    if (Object.keys(named).length !== values.length) return refuse('malformed');
    const path = pathOf(url);
    if (path === null) return refuse('bad-params');
    const text = kingdeeText({ method, path, query: named, nonce, timestamp });
    if (!(await isKingdeeSigned(text, signature, keys))) return refuse('mismatch');
    return { ok: true, trust: 'signed', fields: new Map(values) };
  },
});

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
}
