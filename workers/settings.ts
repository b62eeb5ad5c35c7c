/** 部署设置: what wrangler.toml and the secrets of a deployment set, with the defaults of a shop that has connected nothing yet. */
import * as z from 'zod';
import { smsProviders } from './deliver/connect.ts';
import { PaySettings } from './payout/account.ts';

export const Settings = z.object({
  PLAN: z.enum(['free', 'paid'], { error: 'PLAN is "free" or "paid"; set it in wrangler.toml' }),
  SEED: z
    .string({ error: 'SEED is missing; run `npm run setup`' })
    .min(32, 'SEED needs at least 32 characters'),
  /** 开店口令: whoever has it becomes the owner in a browser, as long as there is none. */
  OPENING_CODE: z
    .union([z.literal(''), z.string().min(16, 'OPENING_CODE needs at least 16 characters, or none')])
    .default(''),
  WECHAT_API_BASE: z.url({ error: 'WECHAT_API_BASE is an address such as https://api.weixin.qq.com' }),
  /** Where members log in. */
  WECHAT_OAUTH_BASE: z.url().default('https://open.weixin.qq.com'),
  WECHAT_APP_ID: z.string().default(''),
  WECHAT_APP_SECRET: z.string().default(''),
  WECHAT_TOKEN: z.string().default(''),
  WECHAT_ENCODING_AES_KEY: z.string().default(''),
  /** While the key is being changed in the console, messages under the old one still arrive. */
  WECHAT_ENCODING_AES_KEY_BEFORE: z.string().default(''),
  /** Sent with every call to WeChat and WeCom, for a relay that admits no other caller. */
  RELAY_KEY: z.string().default(''),
  WECOM_API_BASE: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_CORP_ID: z.string().default(''),
  WECOM_SECRET: z.string().default(''),
  /** The app that sends messages to associates; 0 for none. */
  WECOM_AGENT_ID: z.coerce.number().int().default(0),
  SMS_PROVIDER: z.enum(smsProviders).default('none'),
  SMS_API_BASE: z.union([z.url(), z.literal('')]).default(''),
  SMS_KEY_ID: z.string().default(''),
  SMS_KEY_SECRET: z.string().default(''),
  SMS_APP_ID: z.string().default(''),
  SMS_REGION: z.string().default('ap-guangzhou'),
  WECOM_TOKEN: z.string().default(''),
  WECOM_ENCODING_AES_KEY: z.string().default(''),
  WECOM_ENCODING_AES_KEY_BEFORE: z.string().default(''),
  /** Without these nothing is paid out. */
  ...PaySettings.shape,
  /** Development only: lets the poller call private networks. */
  POLL_PRIVATE: z.enum(['yes', 'no']).default('no'),
  /** Development only: on this machine the queues are memory, and a process that ends forgets them. */
  QUEUES_KEEP: z.enum(['yes', 'no']).default('yes'),
});
export type Settings = z.infer<typeof Settings>;

/** The keys that decrypt callbacks of the Official Account. */
export const accountSettings = (settings: Settings) => ({
  appId: settings.WECHAT_APP_ID,
  appSecret: settings.WECHAT_APP_SECRET,
  token: settings.WECHAT_TOKEN,
  encodingAESKeys: present(settings.WECHAT_ENCODING_AES_KEY, settings.WECHAT_ENCODING_AES_KEY_BEFORE),
});

/** The keys that decrypt callbacks of WeCom. */
export const wecomSettings = (settings: Settings) => ({
  corpId: settings.WECOM_CORP_ID,
  token: settings.WECOM_TOKEN,
  encodingAESKeys: present(settings.WECOM_ENCODING_AES_KEY, settings.WECOM_ENCODING_AES_KEY_BEFORE),
});

const present = (...keys: readonly string[]): string[] => keys.filter((key) => key !== '');
