/** WeChat, or WeCom, as the test plays it: answers what it is told to and remembers what it was asked. */
import type { FanAct } from '../../schema/index.ts';
import { configCache } from '../../workers/db/world/config.ts';
import type { Delivery } from '../../workers/deliver/drain.ts';
import type { Connections } from '../../workers/deliver/lines.ts';
import { tokens, wechatAccount, wecomAccount } from '../../workers/deliver/account/tokens.ts';
import { wechatClient, type WechatClient } from '../../workers/wechat/client.ts';
import { wecomClient, type WecomClient } from '../../workers/wechat/wecom/client.ts';
import type { Shop } from './shop.ts';

export type Call = {
  readonly path: string;
  readonly token: string | null;
  readonly body: Record<string, unknown>;
};
/** The JSON it answers; a number is an HTTP status; an Error is a broken line. */
export type Reply = Readonly<Record<string, unknown>> | number | Error;

export type Wechat = {
  readonly calls: Call[];
  readonly client: WechatClient;
  /** The same line, spoken to as 企业微信. */
  readonly wecom: WecomClient;
  /** The most calls that were ever under way at once. */
  readonly busiest: () => number;
  /** Tokens handed out so far; only the last one is good. */
  readonly tokensGiven: () => number;
};

export const account = { appId: 'wx5823bf96d3bd56c7', secret: 'app-secret' };
export const app = { corpId: 'ww5823bf96d3bd56c7', secret: 'corp-secret', agentId: 1_000_002 };

export const tokenPaths: readonly string[] = ['/cgi-bin/stable_token', '/cgi-bin/gettoken'];

/** Without other orders every message is delivered. */
export function playWechat(
  answer: (call: Call) => Reply | undefined | Promise<Reply | undefined> = () => undefined,
): Wechat {
  const calls: Call[] = [];
  let [under, busiest, given] = [0, 0, 0];
  const usual = ({ path, token }: Call): Reply => {
    if (tokenPaths.includes(path)) {
      given += 1;
      return { access_token: `token-${String(given)}`, expires_in: 7200 };
    }
    return token === `token-${String(given)}`
      ? { errcode: 0, errmsg: 'ok', msgid: 1 }
      : { errcode: 40001, errmsg: 'invalid' };
  };
  const http = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const call: Call = {
      path: pathname,
      token: searchParams.get('access_token'),
      // Everything we ever send is a JSON object.
      body: request.method === 'GET' ? {} : ((await request.json()) as Record<string, unknown>),
    };
    calls.push(call);
    under += 1;
    busiest = Math.max(busiest, under);
    try {
      // A real line takes its time: others get their turn meanwhile, also where a test has stopped the timers.
      await new Promise((resolve) => setImmediate(resolve));
      const reply = (await answer(call)) ?? usual(call);
      if (reply instanceof Error) throw reply;
      return typeof reply === 'number' ? new Response('', { status: reply }) : Response.json(reply);
    } finally {
      under -= 1;
    }
  };
  const settings = { http, baseUrl: 'https://wechat.example', timeoutMs: 1_000 };
  return {
    calls,
    client: wechatClient(settings),
    wecom: wecomClient(settings),
    busiest: () => busiest,
    tokensGiven: () => given,
  };
}

/** `others` are the connections beside WeChat's own; the shop has none unless given. */
export function deliveryOf(
  { engine, clock }: Pick<Shop, 'engine' | 'clock'>,
  { client }: Wechat,
  others: Partial<Connections> = {},
): Delivery {
  const { db } = engine;
  const now = (): number => clock.now;
  return {
    wechat: { sender: client, tokens: tokens({ db, account: wechatAccount(client, account), clock: now }) },
    wecom: null,
    sms: null,
    ...others,
    db,
    config: configCache(db),
    clock: now,
    jitter: () => 0.5,
  };
}

export const wecomOf = (
  { engine, clock }: Pick<Shop, 'engine' | 'clock'>,
  { wecom }: Wechat,
): Connections['wecom'] => ({
  sender: { sendApp: wecom.sendApp, sendWelcome: wecom.sendWelcome, agentId: app.agentId },
  tokens: tokens({ db: engine.db, account: wecomAccount(wecom, app), clock: () => clock.now }),
});

const windowMs: Readonly<Record<FanAct, number>> = {
  said: 48 * 3_600_000,
  clicked: 60_000,
  followed: 60_000,
  scanned: 60_000,
};

/** As if the person had just done it. */
export function acted({ db, clock }: Pick<Shop, 'db' | 'clock'>, openid: string, act: FanAct = 'said'): void {
  const until = clock.now + windowMs[act];
  const left = act === 'said' ? 5 : 3;
  db.all(
    `INSERT OR REPLACE INTO fan_windows VALUES (?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER))`,
    openid,
    act,
    until,
    left,
  );
}
