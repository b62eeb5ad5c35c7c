/** 接入: connects the providers that a deployment's settings name. Every provider is optional. */
import type { Db } from '../db/db.ts';
import type { Clock, Http } from '../engine/ports.ts';
import { aliyunBase, aliyunSms } from '../sms/aliyun.ts';
import type { SmsProvider } from '../sms/define.ts';
import { tencentBase, tencentSms } from '../sms/tencent.ts';
import type { WechatClient } from '../wechat/client.ts';
import { wecomClient } from '../wechat/wecom/client.ts';
import type { Connections } from './lines.ts';
import { tokens, wecomAccount, type Tokens } from './account/tokens.ts';

export const smsProviders = ['none', 'aliyun', 'tencent'] as const;

export type ConnectSettings = {
  readonly WECOM_CORP_ID: string;
  readonly WECOM_SECRET: string;
  readonly WECOM_AGENT_ID: number;
  readonly WECOM_API_BASE: string;
  readonly RELAY_KEY: string;
  readonly SMS_PROVIDER: (typeof smsProviders)[number];
  /** The base URL of a relay; by default the provider's own. */
  readonly SMS_API_BASE: string;
  readonly SMS_KEY_ID: string;
  readonly SMS_KEY_SECRET: string;
  /** Tencent only. */
  readonly SMS_APP_ID: string;
  readonly SMS_REGION: string;
};

export type Ports = { readonly db: Db; readonly http: Http; readonly clock: Clock };

const timeoutMs = 8_000;

/** `account` is the 公众号, which is also used for other things than messages; null when there is none. */
export const connect = (
  ports: Ports,
  settings: ConnectSettings,
  account: { readonly client: WechatClient; readonly tokens: Tokens } | null,
): Connections => ({
  wechat: account && { sender: account.client, tokens: account.tokens },
  wecom: wecomOf(ports, settings),
  sms: smsOf(ports, settings),
});

function wecomOf({ db, http, clock }: Ports, settings: ConnectSettings): Connections['wecom'] {
  const { WECOM_CORP_ID: corpId, WECOM_SECRET: secret, WECOM_AGENT_ID: agentId } = settings;
  if (corpId === '' || secret === '' || agentId === 0) return null;
  const client = wecomClient({
    http,
    baseUrl: settings.WECOM_API_BASE,
    timeoutMs,
    relayKey: settings.RELAY_KEY,
  });
  const account = wecomAccount(client, { corpId, secret, agentId });
  return {
    sender: { sendApp: client.sendApp, sendWelcome: client.sendWelcome, agentId },
    tokens: tokens({ db, account, clock }),
  };
}

export function smsOf({ http, clock }: Omit<Ports, 'db'>, settings: ConnectSettings): SmsProvider | null {
  const { SMS_KEY_ID: id, SMS_KEY_SECRET: secret, SMS_API_BASE: base } = settings;
  const at = (usual: string) => ({ http, clock, timeoutMs, baseUrl: base || usual });
  switch (settings.SMS_PROVIDER) {
    case 'none':
      return null;
    case 'aliyun':
      return aliyunSms(at(aliyunBase), { id, secret });
    case 'tencent': {
      const { SMS_APP_ID: sdkAppId, SMS_REGION: region } = settings;
      return tencentSms(at(tencentBase), { id, secret, sdkAppId, region });
    }
    default:
      return settings.SMS_PROVIDER satisfies never;
  }
}
