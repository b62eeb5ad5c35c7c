/** 公众号的线路: the client, and the tokens of the shop's account. */
import type { Ports } from '../connect.ts';
import { wechatClient } from '../../wechat/client.ts';
import { tokens, wechatAccount } from './tokens.ts';

type LineSettings = {
  readonly WECHAT_APP_ID: string;
  readonly WECHAT_APP_SECRET: string;
  readonly WECHAT_API_BASE: string;
  readonly RELAY_KEY: string;
};

const timeoutMs = 8_000;

/** `wechat` is null when the shop has no account. */
export function accountLine({ db, http, clock }: Ports, settings: LineSettings) {
  const { WECHAT_API_BASE: baseUrl, RELAY_KEY: relayKey } = settings;
  const client = wechatClient({ http, baseUrl, timeoutMs, relayKey });
  const account = { appId: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET };
  const accountTokens = tokens({ db, account: wechatAccount(client, account), clock });
  return {
    client,
    account,
    accountTokens,
    wechat: account.appId === '' ? null : { client, tokens: accountTokens },
  };
}
