/** 微信支付通知: verified over the raw bytes, decrypted, stored and acknowledged; it is decided afterwards. */
import * as z from 'zod';
import type { Db } from '../../db/db.ts';
import { log } from '../../platform/log.ts';
import type { Clock, Doorbell } from '../../engine/ports.ts';
import { verifyNotification, type PlatformKeys } from '../../wechat/pay/notification.ts';
import { importPublicKey } from '../../wechat/pay/pem.ts';
import { openResource } from '../../wechat/pay/resource.ts';
import { callbackBytesMax, decodeUtf8, readBody } from '../body.ts';
import { takeIn } from '../intake.ts';

/** The inbox rows of WeChat Pay; no system may be registered under this name. */
export const paySourceId = 'wechat-pay';

export type PayNotices = {
  readonly platformKeys: () => Promise<PlatformKeys>;
  readonly apiV3Key: string;
};

/** Keys are parsed once, at the first notification; an unreadable key counts as absent. */
export function payNotices(account: {
  readonly platformKeys: Readonly<Record<string, string>>;
  readonly apiV3Key: string;
}): PayNotices {
  let reading: Promise<PlatformKeys> | null = null;
  const { platformKeys, apiV3Key } = account;
  return { apiV3Key, platformKeys: () => (reading ??= readKeys(platformKeys)) };
}

async function readKeys(pems: Readonly<Record<string, string>>): Promise<PlatformKeys> {
  const keys = new Map<string, CryptoKey>();
  for (const [serial, pem] of Object.entries(pems)) {
    const key = await importPublicKey(pem);
    if (key) keys.set(serial, key);
    else log('error', 'pay_key_unreadable', { serial });
  }
  return keys;
}

export type PayReceiver = {
  readonly db: Db;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  /** Null without keys: then no notification is expected. */
  readonly notices: PayNotices | null;
};

const Envelope = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string().min(1).max(60),
  create_time: z.string().max(40).optional(),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string().min(1),
    nonce: z.string().min(1).max(32),
    associated_data: z.string().max(64).default(''),
  }),
});

export async function receivePay(receiver: PayReceiver, request: Request): Promise<Response> {
  const { notices, clock, db, doorbell } = receiver;
  if (notices === null) return refused(404, 'WeChat Pay is not set up here');
  const receivedAt = clock();
  const body = await readBody(request, callbackBytesMax);
  if (body === null) return refused(413, 'too large');
  const keys = await notices.platformKeys();
  const verdict = await verifyNotification(
    { headers: request.headers, body },
    keys,
    Math.floor(receivedAt / 1000),
  );
  // Probes come all the time and are not logged.
  if (verdict !== 'valid' && verdict !== 'probe') log('warn', 'pay_notice_refused', { verdict });
  if (verdict !== 'valid') return refused(401, `signature: ${verdict}`);

  const envelope = Envelope.safeParse(jsonOf(decodeUtf8(body) ?? ''));
  if (!envelope.success) return refused(400, 'not a notification');
  const { id, event_type: type, create_time: createdAt, resource } = envelope.data;
  const opened = await openResource(
    { ciphertext: resource.ciphertext, nonce: resource.nonce, associatedData: resource.associated_data },
    notices.apiV3Key,
  );
  if (!opened.ok) {
    // WeChat Pay signed it, so our key is wrong: WeChat Pay retries, and by then the key may be corrected.
    log('error', 'pay_notice_sealed', { why: opened.why });
    return refused(500, 'cannot be opened with the APIv3 key in use');
  }
  const said = jsonOf(opened.text);
  if (said === null) return refused(400, 'the resource is not JSON');
  const raw = {
    senderId: id,
    type: `pay.${type}`.toLowerCase(),
    body: JSON.stringify({ id, event_type: type, create_time: createdAt, resource: withoutPayee(said) }),
    trust: 'signed' as const,
  };
  const stored = await takeIn({ db, doorbell }, paySourceId, [raw], receivedAt);
  return 'status' in stored ? refused(503, 'not stored') : new Response(null, { status: 204 });
}

/** The bill number identifies the payee: an openid that is not stored need not be erased. */
const withoutPayee = (said: object): object =>
  Object.fromEntries(Object.entries(said).filter(([name]) => name !== 'openid'));

/** The answer that makes WeChat Pay retry. */
const refused = (status: number, message: string): Response =>
  Response.json({ code: 'FAIL', message }, { status });

export function jsonOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
