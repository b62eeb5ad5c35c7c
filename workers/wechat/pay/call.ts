/**
 * 微信支付的一次调用: signed going out, and believed only when WeChat Pay signed what comes back.
 *
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012365336 (request), 4013053420 (answer).
 */
import * as z from 'zod';
import { hide } from '../client/call.ts';
import { parseLossless } from '../json.ts';
import { verifyNotification, type PlatformKeys } from './notification.ts';
import { importPrivateKey, importPublicKey, importSealingKey } from './pem.ts';
import { authorizePayRequest, type Merchant } from './request.ts';
import type { TransferAnswer, TransferSettings } from './types.ts';

export type PayKeys = {
  readonly merchant: Merchant;
  readonly platform: PlatformKeys;
  /** With which names are sealed, and which WeChat Pay is asked to sign with. */
  readonly sealing: { readonly serial: string; readonly key: CryptoKey };
};

/** A key that cannot be read is a mistake in the settings and throws, before anything is sent. */
export async function loadKeys({ merchant, platformKeys }: TransferSettings): Promise<PayKeys> {
  const privateKey = await importPrivateKey(merchant.privateKeyPem);
  if (privateKey === null)
    throw new Error("The merchant's key is not a PEM of PKCS#8; take apiclient_key.pem.");
  const platform = new Map<string, CryptoKey>();
  for (const [serial, pem] of Object.entries(platformKeys)) {
    const key = await importPublicKey(pem);
    if (key === null)
      throw new Error(`The platform key ${serial} is neither a public key nor a certificate.`);
    platform.set(serial, key);
  }
  // Certificates are going out: where there is a public key, it is the one that stays.
  const serials = Object.keys(platformKeys);
  const serial = serials.find((each) => each.startsWith('PUB_KEY_ID_')) ?? serials[0];
  const sealingKey = serial === undefined ? null : await importSealingKey(platformKeys[serial] ?? '');
  if (serial === undefined || sealingKey === null) throw new Error('There is no platform key.');
  const { mchId, serialNo } = merchant;
  return { merchant: { mchId, serialNo, privateKey }, platform, sealing: { serial, key: sealingKey } };
}

type PayCall<R> = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly schema: z.ZodType<R>;
};

export async function callPay<R>(
  settings: TransferSettings,
  keys: PayKeys,
  asked: PayCall<R>,
): Promise<TransferAnswer<R>> {
  const { http, timeoutMs, clock = Date.now } = settings;
  const signal = AbortSignal.timeout(timeoutMs);
  let response: Response;
  let body: Uint8Array;
  try {
    response = await http(await requestOf(settings, keys, asked, signal));
    body = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (signal.aborted) return outage('timeout', `no answer within ${timeoutMs} ms`);
    const message = error instanceof Error ? error.message : String(error);
    return outage('network', hide(message, [settings.relayKey ?? '']));
  }
  const { status, headers } = response;
  const verdict = await verifyNotification({ headers, body }, keys.platform, Math.floor(clock() / 1000));
  if (verdict !== 'valid') return outage(status === 200 ? 'unsigned' : 'http', `HTTP ${status}, ${verdict}`);
  const text = new TextDecoder().decode(body);
  if (status !== 200) return refusal(status, parseLossless(text));
  const reply = asked.schema.safeParse(parseLossless(text));
  return reply.success
    ? { ok: true, reply: reply.data }
    : outage('malformed', `${text.length} characters, not a reply`);
}

async function requestOf(
  { baseUrl, relayKey = '', clock = Date.now }: TransferSettings,
  { merchant, sealing }: PayKeys,
  { method, path, body }: PayCall<unknown>,
  signal: AbortSignal,
): Promise<Request> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const timestamp = String(Math.floor(clock() / 1000));
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const headers = new Headers({
    // What WeChat Pay will see signed: its own path, whatever stands before it on a relay.
    authorization: await authorizePayRequest({ method, path, timestamp, nonce, body: text }, merchant),
    accept: 'application/json',
    // WeChat Pay refuses calls without one, and a Worker sends none by itself.
    'user-agent': 'wechat-workers/1.0',
    'wechatpay-serial': sealing.serial,
  });
  if (method === 'POST') headers.set('content-type', 'application/json');
  if (relayKey !== '') headers.set('x-relay-authorization', `Bearer ${relayKey}`);
  const options: RequestInit = { method, headers, redirect: 'manual', signal };
  return new Request(baseUrl.replace(/\/+$/, '') + path, text === '' ? options : { ...options, body: text });
}

const Refusal = z.object({ code: z.string().min(1), message: z.string().default('') });
const messageCharactersMax = 200;

function refusal(status: number, body: unknown): TransferAnswer<never> {
  const parsed = Refusal.safeParse(body);
  const code = parsed.success ? parsed.data.code.slice(0, 64) : `HTTP_${status}`;
  const message = parsed.success ? parsed.data.message.slice(0, messageCharactersMax) : '';
  return { ok: false, outage: 'refused', status, code, message, detail: `HTTP ${status} ${code}` };
}

const outage = (kind: 'http' | 'unsigned' | 'timeout' | 'network' | 'malformed', detail: string) =>
  ({ ok: false, outage: kind, detail }) as const;
