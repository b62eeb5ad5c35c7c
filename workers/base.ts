/** The bindings of a deployment, and what every part of it shares: its database, its engine, its account, its clock. */
import { waitUntil } from 'cloudflare:workers';
import type { Checks } from './commands/diagnosis/finding.ts';
import { smsFaults, smsFindings, type SmsDeployment } from './commands/diagnosis/sms.ts';
import { diagnoseWechat, settingFindings } from './commands/diagnosis/wechat.ts';
import { readSettings } from './db/shop/settings.ts';
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
import { payAccount, type payLine } from './payout/account.ts';
import { diagnosePay, payFaultFindings } from './payout/diagnose.ts';
import { payFaults } from './payout/settings-check.ts';
import { plans } from './platform/plans.ts';
import { files } from './receive/files/index.ts';
import { labs } from './receive/labs.ts';
import { normaliseRows } from './receive/normalise.ts';
import { senders } from './receive/senders.ts';
import { dayNearlyUsedUp } from './schedule/alerts.ts';
import { pollChecks } from './schedule/poll/asking/check.ts';
import { accountSettings, Settings } from './settings.ts';
import { wechatClient } from './wechat/client.ts';
import { checkSettings } from './wechat/settings-check.ts';

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

type PayLine = ReturnType<typeof payLine> | null;

/** 体检 of the connections, with the calls that each needs. */
export function checksOf({ settings, db, client, accountTokens, official }: Base, line: PayLine): Checks {
  const faults = checkSettings(accountSettings(settings));
  const calls = official ?? officialAccount(client, accountTokens);
  const relays = {
    wechat: relayIn(settings.WECHAT_API_BASE, 'api.weixin.qq.com'),
    sms: relayIn(settings.SMS_API_BASE, ''),
    pay: relayIn(settings.PAY_API_BASE, 'api.mch.weixin.qq.com'),
  };
  const sms: SmsDeployment = {
    provider: settings.SMS_PROVIDER,
    keyId: settings.SMS_KEY_ID,
    hasSecret: settings.SMS_KEY_SECRET !== '',
    appId: settings.SMS_APP_ID,
    relay: relays.sms,
  };
  const pay = { faults: payFaults(settings), hasAccount: settings.WECHAT_APP_ID !== '', line };
  return {
    faults: {
      wechat: settingFindings(faults),
      channels: [...smsFaults(sms), ...payFaultFindings(pay.faults ?? [])],
    },
    relays,
    smsProvider: settings.SMS_PROVIDER,
    wechat: () => diagnoseWechat({ db, clock, faults, relay: relays.wechat, calls }),
    channels: async () => {
      const chosen = await readSettings(db);
      return { sms: smsFindings(sms, chosen), pay: await diagnosePay(pay, chosen) };
    },
  };
}

/** Null where calls go to the provider itself. */
const relayIn = (base: string, own: string): string | null => {
  const host = base === '' ? own : new URL(base).hostname;
  return host === own ? null : host;
};
