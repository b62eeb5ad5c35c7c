/** What the samples are made of: requests, and digests by node:crypto rather than by the code under test. */
import { createHash, createHmac } from 'node:crypto';
import type { Secret, SignedRequest } from '../../../workers/receive/verify/define.ts';

export const now = 1_795_330_740;
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hash = (name: string, ...parts: (string | Uint8Array)[]): string => {
  const digest = createHash(name);
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};

export type Sample = {
  readonly scheme: string;
  readonly params?: unknown;
  readonly secret: Secret;
  readonly other: Secret;
  readonly request: SignedRequest;
  /** Headers and query values that are signed or are the signature: no byte of them may change. */
  readonly signed: readonly string[];
  readonly trust: 'signed' | 'weak' | 'token';
};

type RequestOptions = {
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  url?: string;
  query?: Record<string, string>;
  method?: string;
  token?: string;
};

export const request = ({
  headers = {},
  body = '',
  url = 'https://huike.example/hooks/erp/s1',
  query = {},
  ...rest
}: RequestOptions): SignedRequest => ({
  method: 'POST',
  headers: new Headers(headers),
  body: typeof body === 'string' ? utf8(body) : body,
  url,
  query: new URLSearchParams(query),
  ...rest,
});

export const sale = JSON.stringify({
  id: 'S1',
  sn: '2026112214590001',
  total: '12.30',
  customerUid: 1,
  店: '南京路',
});
export const hmac = (algorithm: string, key: string, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac(algorithm, key).update(text).digest(encoding);

export const signedBody = (
  scheme: string,
  header: string,
  value: string,
  more: Partial<Sample> = {},
): Sample => ({
  scheme,
  secret: 'top-secret',
  other: 'other-secret',
  request: request({ headers: { [header]: value }, body: sale }),
  signed: [header],
  trust: 'signed',
  ...more,
});
