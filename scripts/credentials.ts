/** The secrets of a local run: made once, at random, and kept beside the state they belong to. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const sourceId = 'till';

export type Credentials = {
  readonly apiToken: string;
  readonly erpSecret: string;
  readonly seed: string;
  readonly wechat: {
    readonly appId: string;
    readonly appSecret: string;
    readonly token: string;
    readonly encodingAESKey: string;
    readonly originalId: string;
  };
  readonly wecom: {
    readonly corpId: string;
    readonly agentId: string;
    readonly secret: string;
    readonly token: string;
    readonly encodingAESKey: string;
  };
  /** An access key of the simulated 阿里云. */
  readonly sms: { readonly keyId: string; readonly keySecret: string };
  readonly pay: {
    readonly mchId: string;
    readonly serial: string;
    readonly apiV3Key: string;
    readonly merchant: KeyPair;
    /** Of the simulated WeChat Pay; its private half never reaches Huike. */
    readonly platformKeyId: string;
    readonly platform: KeyPair;
  };
};

/** PEM: SPKI and PKCS#8. */
type KeyPair = { readonly publicKey: string; readonly privateKey: string };

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

export const newApiToken = (): string => `hk_${randomBytes(24).toString('base64url')}`;

/** 43 letters and digits, as the WeChat console makes them: usually not canonical base64. */
const newAesKey = (): string =>
  randomBytes(64)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, 'x')
    .slice(0, 43);

const newKeyPair = (): KeyPair =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

const makers: { readonly [part in keyof Credentials]: () => Credentials[part] } = {
  apiToken: newApiToken,
  erpSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
  seed: () => hex(32),
  wechat: () => ({
    appId: `wx${hex(8)}`,
    appSecret: hex(16),
    token: hex(8),
    encodingAESKey: newAesKey(),
    originalId: `gh_${hex(6)}`,
  }),
  wecom: () => ({
    corpId: `ww${hex(8)}`,
    agentId: '1000002',
    secret: hex(16),
    token: hex(8),
    encodingAESKey: newAesKey(),
  }),
  sms: () => ({ keyId: `LTAI${hex(8)}`, keySecret: hex(16) }),
  pay: () => ({
    mchId: '1900001109',
    serial: hex(20).toUpperCase(),
    apiV3Key: hex(16),
    merchant: newKeyPair(),
    platformKeyId: `PUB_KEY_ID_01190000${hex(8)}`,
    platform: newKeyPair(),
  }),
};

export function readCredentials(stateDir: string): Credentials {
  const path = join(stateDir, 'credentials.json');
  // Written by this function and nobody else, though perhaps before there were so many parts.
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Credentials>) : {};
  const missing = Object.entries(makers).filter(([part]) => !(part in kept));
  if (missing.length === 0) return kept as Credentials;
  const whole = { ...kept, ...Object.fromEntries(missing.map(([part, make]) => [part, make()])) };
  writeFileSync(path, JSON.stringify(whole, null, 2), { mode: 0o600 });
  // Every part was either kept or made.
  return whole as Credentials;
}

type Vars = Readonly<Record<string, string>>;

/** What both sides of the simulated platforms know. */
export const sharedVars = ({ wechat, wecom, sms, pay }: Credentials): Vars => ({
  WECHAT_APP_ID: wechat.appId,
  WECHAT_APP_SECRET: wechat.appSecret,
  WECHAT_TOKEN: wechat.token,
  WECHAT_ENCODING_AES_KEY: wechat.encodingAESKey,
  WECOM_CORP_ID: wecom.corpId,
  WECOM_AGENT_ID: wecom.agentId,
  WECOM_SECRET: wecom.secret,
  WECOM_TOKEN: wecom.token,
  WECOM_ENCODING_AES_KEY: wecom.encodingAESKey,
  SMS_KEY_ID: sms.keyId,
  SMS_KEY_SECRET: sms.keySecret,
  PAY_MCH_ID: pay.mchId,
  PAY_SERIAL: pay.serial,
  PAY_API_V3_KEY: pay.apiV3Key,
});

/** What only Huike knows, and where it finds the platforms that a browser is sent to. */
export const huikeVars = ({ seed, pay }: Credentials, url: string): Vars => ({
  SEED: seed,
  PAY_PRIVATE_KEY: pay.merchant.privateKey,
  PAY_PLATFORM_KEYS: JSON.stringify({ [pay.platformKeyId]: pay.platform.publicKey }),
  WECHAT_OAUTH_BASE: `${url}/sandbox`,
  SMS_PROVIDER: 'aliyun',
  QUEUES_KEEP: 'no',
});

/** What only the sandbox knows. */
export const sandboxVars = ({ apiToken, erpSecret, wechat, pay }: Credentials, url: string): Vars => ({
  PUBLIC_URL: url,
  API_TOKEN: apiToken,
  ERP_SOURCE: sourceId,
  ERP_SECRET: erpSecret,
  WECHAT_ORIGINAL_ID: wechat.originalId,
  PAY_MERCHANT_PUBLIC_KEY: pay.merchant.publicKey,
  PAY_PLATFORM_KEY_ID: pay.platformKeyId,
  PAY_PLATFORM_PRIVATE_KEY: pay.platform.privateKey,
});
