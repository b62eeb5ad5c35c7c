/** The bindings of a deployment, and what every part of it shares: its database, its engine, its account, its clock. */
import { waitUntil } from 'cloudflare:workers';
import { configCache } from './db/world/config.ts';
import { countingRows } from './db/upkeep/rows-written.ts';
import { sourceCache } from './db/sources/sources.ts';
import { d1 } from './d1.ts';
import { officialAccount } from './deliver/account/official-account.ts';
import { tokens, wechatAccount } from './deliver/account/tokens.ts';
import { bellsOf, type Queues } from './doorbell.ts';
import type { Engine } from './engine/engine.ts';
import type { Http } from './engine/ports.ts';
import { seedMaker } from './engine/seeds.ts';
import { besideUs } from './pages/assets.ts';
import { payAccount } from './payout/account.ts';
import { plans } from './platform/plans.ts';
import { files } from './receive/files/index.ts';
import { labs } from './receive/labs.ts';
import { normaliseRows } from './receive/normalise.ts';
import { senders } from './receive/senders.ts';
import { dayNearlyUsedUp } from './schedule/alerts.ts';
import { pollChecks } from './schedule/poll/asking/check.ts';
import { Settings } from './settings.ts';
import { wechatClient } from './wechat/client.ts';

export type Env = Queues & { readonly DB: D1Database; readonly ASSETS: Fetcher };

const wechatTimeoutMs = 8_000;
export const clock = (): number => Date.now();
export const jitter = (): number => Math.random();
export const http: Http = (request) => fetch(request);

export type Base = ReturnType<typeof baseOf>;

export function baseOf(env: Env) {
  const settings = Settings.parse(env);
  const plan = plans[settings.PLAN];
  const db = countingRows(d1(env.DB), { rowsPerDay: plan.rowsPerDay, clock, alarm: dayNearlyUsedUp });
  const sources = sourceCache(db);
  // A payee is known by an openid, and openids belong to an account.
  const pay = settings.WECHAT_APP_ID === '' ? null : payAccount(settings);
  const engine: Engine = {
    db,
    config: configCache(db, { canPay: pay !== null, appId: settings.WECHAT_APP_ID || null }),
    normalise: (rows) => normaliseRows(rows, sources),
    seeds: seedMaker(settings.SEED),
  };
  const client = wechatClient({
    http,
    baseUrl: settings.WECHAT_API_BASE,
    timeoutMs: wechatTimeoutMs,
    relayKey: settings.RELAY_KEY,
  });
  const account = { appId: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET };
  const accountTokens = tokens({ db, account: wechatAccount(client, account), clock });
  const keeps = settings.QUEUES_KEEP === 'yes';
  /** Null when the shop has no account. */
  const wechat = account.appId === '' ? null : { client, tokens: accountTokens };
  return {
    settings,
    db,
    sources,
    pay,
    engine,
    client,
    account,
    accountTokens,
    /** What reads files, checks the settings of sources, and tries them. */
    desk: {
      files,
      labs,
      senders: { ...senders, renew: sources.renew },
      polls: pollChecks(settings.POLL_PRIVATE === 'yes'),
    },
    ...besideUs((url) => env.ASSETS.fetch(url)),
    wechat,
    official: wechat && officialAccount(wechat.client, wechat.tokens),
    ...bellsOf(env, { clock, later: waitUntil, apartMs: plan.ringsApartMs, keeps }),
    plan,
  };
}
