/**
 * 腾讯云签名: TC3-HMAC-SHA256 of a POST in JSON.
 *
 * Source: cloud.tencent.com/document/api/382/52071 (签名方法 v3).
 */
import { hex, hmacSha256, sha256Hex } from './digests.ts';

export type Tc3Call = {
  readonly host: string;
  /** The product, such as `sms`. */
  readonly service: string;
  readonly action: string;
  readonly body: string;
  /** Seconds; no more than five minutes off. */
  readonly timestamp: number;
};

export const tc3ContentType = 'application/json; charset=utf-8';

/** The value of `authorization`. `content-type`, `host` and `x-tc-action` must be sent as signed. */
export async function signTc3(
  { host, service, action, body, timestamp }: Tc3Call,
  key: { readonly id: string; readonly secret: string },
): Promise<string> {
  const names = 'content-type;host;x-tc-action';
  const lines = `content-type:${tc3ContentType}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n`;
  const canonical = ['POST', '/', '', lines, names, await sha256Hex(body)].join('\n');
  // The UTC day, which is also part of the key.
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${await sha256Hex(canonical)}`;
  let secret = await hmacSha256(`TC3${key.secret}`, date);
  for (const part of [service, 'tc3_request']) secret = await hmacSha256(secret, part);
  const signature = hex(await hmacSha256(secret, text));
  return `TC3-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}
