/** 微信支付商户号: the keys to pay with, either all or none. */
import * as z from 'zod';
import { log } from '../platform/log.ts';
import type { Clock, Http } from '../engine/ports.ts';
import { transferClient, type TransferClient } from '../wechat/pay/transfers.ts';

/** As in the environment; an empty value counts as absent. */
export const PaySettings = z.object({
  /** 商户号 */
  PAY_MCH_ID: z.string().default(''),
  /** 商户API证书序列号 */
  PAY_SERIAL: z.string().default(''),
  /** `apiclient_key.pem`, PKCS#8. */
  PAY_PRIVATE_KEY: z.string().default(''),
  /** APIv3密钥, 32 characters. */
  PAY_API_V3_KEY: z.string().default(''),
  /** 微信支付公钥, or platform certificates: JSON of PEM by serial, `{"PUB_KEY_ID_…":"-----BEGIN PUBLIC KEY-----…"}`. */
  PAY_PLATFORM_KEYS: z.string().default(''),
  /** 商家转账 is taken from listed addresses only, and a Worker has none of its own: through the relay in relay/. */
  PAY_API_BASE: z.url().default('https://api.mch.weixin.qq.com'),
});
export type PaySettings = z.infer<typeof PaySettings>;

export type PayAccount = {
  readonly mchId: string;
  readonly serialNo: string;
  readonly privateKeyPem: string;
  readonly apiV3Key: string;
  readonly platformKeys: Readonly<Record<string, string>>;
  readonly baseUrl: string;
};

const PlatformKeys = z.record(z.string().min(1), z.string().min(1));

/** Null when a key is missing or malformed: then money stays in the wallet, and everything else works. */
export function payAccount(settings: PaySettings): PayAccount | null {
  const { PAY_MCH_ID, PAY_SERIAL, PAY_PRIVATE_KEY, PAY_API_V3_KEY, PAY_PLATFORM_KEYS } = settings;
  const given = { PAY_MCH_ID, PAY_SERIAL, PAY_PRIVATE_KEY, PAY_API_V3_KEY, PAY_PLATFORM_KEYS };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (missing.length === Object.keys(given).length) return null;
  const platformKeys = PlatformKeys.safeParse(jsonOf(PAY_PLATFORM_KEYS)).data ?? {};
  if (Object.keys(platformKeys).length === 0) missing.push('PAY_PLATFORM_KEYS');
  if (new TextEncoder().encode(PAY_API_V3_KEY).length !== 32) missing.push('PAY_API_V3_KEY');
  if (missing.length > 0) {
    log('error', 'pay_keys_incomplete', { missing: [...new Set(missing)].join() });
    return null;
  }
  return {
    mchId: PAY_MCH_ID,
    serialNo: PAY_SERIAL,
    privateKeyPem: pemOf(PAY_PRIVATE_KEY),
    apiV3Key: PAY_API_V3_KEY,
    platformKeys: Object.fromEntries(
      Object.entries(platformKeys).map(([serial, pem]) => [serial, pemOf(pem)]),
    ),
    baseUrl: settings.PAY_API_BASE,
  };
}

/** A key pasted on one line has `\n` for its line ends. */
const pemOf = (text: string): string => text.replaceAll(String.raw`\n`, '\n');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const payTimeoutMs = 8_000;

type PayPorts = { readonly http: Http; readonly clock: Clock; readonly relayKey?: string };

/** The client, and the relay that its calls leave by: whose address has to be listed. */
export function payLine(
  account: PayAccount,
  ports: PayPorts,
): { readonly client: TransferClient; readonly relay?: string } {
  const relay = relayOf(account);
  return { client: payClient(account, ports), ...(relay !== null && { relay }) };
}

/** Null when calls go to WeChat Pay straight from the Worker. */
function relayOf({ baseUrl }: PayAccount): string | null {
  const { hostname } = new URL(baseUrl);
  return hostname.endsWith('.mch.weixin.qq.com') ? null : hostname;
}

export function payClient(account: PayAccount, { http, clock, relayKey = '' }: PayPorts): TransferClient {
  const { baseUrl, mchId, serialNo, privateKeyPem, platformKeys } = account;
  return transferClient({
    http,
    clock,
    baseUrl,
    timeoutMs: payTimeoutMs,
    // Only a relay needs it; WeChat Pay checks the signature.
    relayKey: relayOf(account) === null ? '' : relayKey,
    merchant: { mchId, serialNo, privateKeyPem },
    platformKeys,
  });
}
