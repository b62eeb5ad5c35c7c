/**
 * 阿里云签名: ACS3-HMAC-SHA256, for calls with all parameters in the query. Source:
 * help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature.
 */
import { hex, hmacSha256, sha256Hex } from './digests.ts';

export type Acs3Call = {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  /** `2023-10-26T10:22:32Z`, no more than fifteen minutes old. */
  readonly date: string;
  readonly nonce: string;
};

/** The query as it has to be sent, and the headers besides `host`. */
export async function signAcs3(
  call: Acs3Call,
  key: { readonly id: string; readonly secret: string },
): Promise<{ readonly query: string; readonly headers: Record<string, string> }> {
  const query = canonicalQuery(call.query);
  const bodyHash = await sha256Hex('');
  const headers: Record<string, string> = {
    'x-acs-action': call.action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': call.date,
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  };
  // Sorted by name; `host` comes before every `x-`.
  const signed = [['host', call.host], ...Object.entries(headers)];
  const names = signed.map(([name]) => name).join(';');
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('');
  const canonical = ['POST', '/', query, lines, names, bodyHash].join('\n');
  const signature = hex(await hmacSha256(key.secret, `ACS3-HMAC-SHA256\n${await sha256Hex(canonical)}`));
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names},Signature=${signature}`;
  return { query, headers: { ...headers, authorization } };
}

/** RFC 3986: more characters are escaped than by `encodeURIComponent`. */
const escape = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${escape(name)}=${escape(value)}`)
    .toSorted()
    .join('&');
