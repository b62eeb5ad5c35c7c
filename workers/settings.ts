/** 部署设置: what wrangler.toml and the secrets of a deployment say, with the defaults of a shop that has connected nothing yet. */
import * as z from 'zod';
import { smsProviders } from './deliver/connect.ts';
import { PaySettings } from './payout/account.ts';

export const Settings = z.object({
  PLAN: z.enum(['free', 'paid'], { error: 'PLAN is "free" or "paid"; set it in wrangler.toml' }),
  SEED: z
    .string({ error: 'SEED is missing; run `npm run setup`' })
    .min(32, 'SEED needs at least 32 characters'),
  WECHAT_API_BASE: z.url({ error: 'WECHAT_API_BASE is an address such as https://api.weixin.qq.com' }),
  /** Where members log in. */
  WECHAT_OAUTH_BASE: z.url().default('https://open.weixin.qq.com'),
  WECHAT_APP_ID: z.string().default(''),
  WECHAT_APP_SECRET: z.string().default(''),
  WECHAT_TOKEN: z.string().default(''),
  WECHAT_ENCODING_AES_KEY: z.string().default(''),
  /** While the console's key is being changed, messages under the old one still arrive. */
  WECHAT_ENCODING_AES_KEY_BEFORE: z.string().default(''),
  /** Every call to WeChat and WeCom carries it, for a relay that lets nobody else through. */
  RELAY_KEY: z.string().default(''),
  WECOM_API_BASE: z.url().default('https://qyapi.weixin.qq.com'),
  WECOM_CORP_ID: z.string().default(''),
  WECOM_SECRET: z.string().default(''),
  /** The app that messages to associates come from; 0 is none. */
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
  /** Without these nothing is ever paid out. */
  ...PaySettings.shape,
  /** Development only: lets the poller ask addresses of private networks. */
  POLL_PRIVATE: z.enum(['yes', 'no']).default('no'),
});
export type Settings = z.infer<typeof Settings>;

/** What a callback of the Official Account is read with. */
export const accountSettings = (settings: Settings) => ({
  appId: settings.WECHAT_APP_ID,
  appSecret: settings.WECHAT_APP_SECRET,
  token: settings.WECHAT_TOKEN,
  encodingAESKeys: present(settings.WECHAT_ENCODING_AES_KEY, settings.WECHAT_ENCODING_AES_KEY_BEFORE),
});

/** And one of WeCom. */
export const wecomSettings = (settings: Settings) => ({
  corpId: settings.WECOM_CORP_ID,
  token: settings.WECOM_TOKEN,
  encodingAESKeys: present(settings.WECOM_ENCODING_AES_KEY, settings.WECOM_ENCODING_AES_KEY_BEFORE),
});

const present = (...keys: readonly string[]): string[] => keys.filter((key) => key !== '');
