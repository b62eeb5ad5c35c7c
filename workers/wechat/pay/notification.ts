/**
 * 微信支付通知: whether a notification, or an answer, was made by WeChat Pay and just now.
 *
 * Signed are three lines, each ended by a line feed: timestamp, nonce, and the body's raw bytes.
 * Source: pay.weixin.qq.com/doc/v3/merchant/4013053420; wechatpay-go core/notify and its ±5 minutes.
 */
import { isRsaSigned } from './rsa.ts';

/** Keys by serial: `PUB_KEY_ID_…` for the public key of WeChat Pay, hex for a platform certificate. */
export type PlatformKeys = ReadonlyMap<string, CryptoKey>;

export type NotificationVerdict =
  | 'valid'
  | 'missing-header'
  | 'malformed'
  /** WeChat Pay signs a few wrongly on purpose, to see that they are refused; not an attack. */
  | 'probe'
  | 'stale'
  /** Signed with a key that is not known here: fetch the certificates, or the public key was changed. */
  | 'unknown-serial'
  | 'mismatch';

const windowSeconds = 300;
const nonceLengthMax = 128;
const probePrefix = 'WECHATPAY/SIGNTEST/';

/** The serial alone chooses the key; trying others would make the oldest of them as good as the newest. */
export async function verifyNotification(
  { headers, body }: { readonly headers: Headers; readonly body: Uint8Array },
  keys: PlatformKeys,
  nowSeconds: number,
): Promise<NotificationVerdict> {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map((name) =>
    headers.get(`wechatpay-${name}`),
  );
  if (!timestamp || !nonce || !serial || !signature) return 'missing-header';
  if (signature.startsWith(probePrefix)) return 'probe';
  // A line feed cannot come in a header, so the three lines are read in one way only.
  if (!/^\d{1,12}$/.test(timestamp) || nonce.length > nonceLengthMax) return 'malformed';
  if (Math.abs(nowSeconds - Number(timestamp)) >= windowSeconds) return 'stale';
  const key = keys.get(serial);
  if (key === undefined) return 'unknown-serial';

  const head = new TextEncoder().encode(`${timestamp}\n${nonce}\n`);
  const signed = new Uint8Array(head.length + body.length + 1);
  signed.set(head);
  signed.set(body, head.length);
  signed[signed.length - 1] = 0x0a;
  return (await isRsaSigned(key, signature, signed)) ? 'valid' : 'mismatch';
}
