/** WeChat as the test plays it: answers what it is told to and remembers what it was asked. */
import { configCache } from '../../workers/db/config.ts';
import type { Delivery } from '../../workers/deliver/drain.ts';
import { tokens } from '../../workers/deliver/tokens.ts';
import { wechatClient, type WechatClient } from '../../workers/wechat/client.ts';
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
  /** The most calls that were ever under way at once. */
  readonly busiest: () => number;
  /** Tokens handed out so far; only the last one is good. */
  readonly tokensGiven: () => number;
};

export const account = { appId: 'wx5823bf96d3bd56c7', secret: 'app-secret' };

/** Without other orders every message is delivered. */
export function playWechat(
  answer: (call: Call) => Reply | Promise<Reply> | undefined = () => undefined,
): Wechat {
  const calls: Call[] = [];
  let [under, busiest, given] = [0, 0, 0];
  const usual = ({ path, token }: Call): Reply => {
    if (path === '/cgi-bin/stable_token') {
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
      // Everything we ever send to WeChat is a JSON object.
      body: (await request.json()) as Record<string, unknown>,
    };
    calls.push(call);
    under += 1;
    busiest = Math.max(busiest, under);
    try {
      // A real line takes its time: others get their turn meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 1));
      const reply = (await answer(call)) ?? usual(call);
      if (reply instanceof Error) throw reply;
      return typeof reply === 'number' ? new Response('', { status: reply }) : Response.json(reply);
    } finally {
      under -= 1;
    }
  };
  return {
    calls,
    client: wechatClient({ http, baseUrl: 'https://wechat.example', timeoutMs: 1_000 }),
    busiest: () => busiest,
    tokensGiven: () => given,
  };
}

export function deliveryOf({ engine, clock }: Pick<Shop, 'engine' | 'clock'>, { client }: Wechat): Delivery {
  const { db } = engine;
  return {
    db,
    config: configCache(db),
    client,
    tokens: tokens({ db, client, account, clock: () => clock.now }),
    jitter: () => 0.5,
  };
}
