/** The bindings of a deployment, and the ports made of them. */
import { waitUntil } from 'cloudflare:workers';
import type { ApiDeps } from './api/index.ts';
import { configCache } from './db/world/config.ts';
import type { Db } from './db/db.ts';
import { sourceCache } from './db/sources/sources.ts';
import { d1 } from './d1.ts';
import { connect } from './deliver/connect.ts';
import type { Delivery } from './deliver/drain.ts';
import { jsTicket } from './deliver/js-ticket.ts';
import { tokens, wechatAccount, type Tokens } from './deliver/tokens.ts';
import { wechatVerdicts } from './deliver/verdicts.ts';
import { pageKeys } from './pages/keys.ts';
import type { PageDeps } from './pages/ports.ts';
import { unionidFrom } from './pages/register/unionid.ts';
import { doorbellOf } from './doorbell.ts';
import { payAccount, payClient } from './payout/account.ts';
import { plans } from './platform/plans.ts';
import type { Bell, Http } from './engine/ports.ts';
import type { Engine } from './engine/engine.ts';
import { readBackAfterSeconds } from './receive/erp/read-back.ts';
import { files } from './receive/files/index.ts';
import { toInboxRows } from './receive/files/rows.ts';
import { splitRecord } from './receive/files/split.ts';
import type { Receiver } from './receive/hook.ts';
import { diagnose } from './api/account/diagnose.ts';
import { health, type Health } from './api/shop/health.ts';
import { labs } from './receive/labs.ts';
import { normaliseRows } from './receive/normalise.ts';
import { payNotices, type PayReceiver } from './receive/pay/pay.ts';
import { senders } from './receive/senders.ts';
import { digest, hmac } from './receive/verify/digest.ts';
import type { WecomReceiver } from './receive/wecom/wecom.ts';
import { pollChecks } from './schedule/poll/check.ts';
import { massPaces } from './schedule/mass/mass.ts';
import { stepsPerTick, type PollDeps } from './schedule/poll/poll.ts';
import { codesPerTick } from './schedule/chores/codes.ts';
import type { Round } from './schedule/round.ts';
import { seedMaker } from './engine/seeds.ts';
import { Settings } from './settings.ts';
import { asAccount } from './engine/wechat-account.ts';
import { wechatClient, type WechatClient } from './wechat/client.ts';

export type Env = {
  readonly DB: D1Database;
  readonly DOORBELL: Queue<Bell>;
};

export type Deployment = {
  readonly receiver: Receiver & WecomReceiver & PayReceiver;
  readonly workshop: Round;
  readonly health: () => Promise<Health>;
  readonly api: ApiDeps;
  readonly pages: PageDeps;
};

const wechatTimeoutMs = 8_000;
const clock = (): number => Date.now();

export function deploy(env: Env): Deployment {
  const settings = Settings.parse(env);
  const db = d1(env.DB);
  const sources = sourceCache(db);
  // Whom to pay is known by an openid, and openids belong to an account.
  const pay = settings.WECHAT_APP_ID === '' ? null : payAccount(settings);
  const config = configCache(db, pay !== null);
  const engine: Engine = {
    db,
    config,
    normalise: (rows) => normaliseRows(rows, sources),
    seeds: seedMaker(settings.SEED),
  };
  const http: Http = (request) => fetch(request);
  const client = wechatClient({
    http,
    baseUrl: settings.WECHAT_API_BASE,
    timeoutMs: wechatTimeoutMs,
    relayKey: settings.RELAY_KEY,
  });
  const account = { appId: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET };
  const wechatTokens = tokens({ db, account: wechatAccount(client, account), clock });
  const delivery: Delivery = {
    ...connect({ db, http, clock }, settings, account.appId === '' ? null : { client, tokens: wechatTokens }),
    db,
    config,
    clock,
    jitter: () => Math.random(),
  };
  const plan = plans[settings.PLAN];
  const official = account.appId === '' ? null : officialAccount(client, wechatTokens);
  const payer = pay && {
    engine,
    client: payClient(pay, { http, clock, relayKey: settings.RELAY_KEY }),
    appId: settings.WECHAT_APP_ID,
    clock,
    jitter: () => Math.random(),
  };
  const callback = {
    appId: settings.WECHAT_APP_ID,
    token: settings.WECHAT_TOKEN,
    encodingAESKeys: [settings.WECHAT_ENCODING_AES_KEY, settings.WECHAT_ENCODING_AES_KEY_BEFORE].filter(
      Boolean,
    ),
  };
  const wecom = {
    corpId: settings.WECOM_CORP_ID,
    token: settings.WECOM_TOKEN,
    encodingAESKeys: [settings.WECOM_ENCODING_AES_KEY, settings.WECOM_ENCODING_AES_KEY_BEFORE].filter(
      Boolean,
    ),
  };
  const doorbell = doorbellOf(env.DOORBELL);
  const poll: PollDeps = {
    db,
    http,
    clock,
    doorbell,
    jitter: () => Math.random(),
    allowPrivate: settings.POLL_PRIVATE === 'yes',
    stepsPerTick: stepsPerTick[settings.PLAN],
    split: splitRecord,
    readBackAfterSeconds,
    toInbox: toInboxRows,
    signing: {
      digest: (algorithm, text) => digest(algorithm, [text]),
      hmac: (algorithm, secret, text) => hmac(algorithm, secret, [text]),
    },
  };
  const accountSettings = {
    appId: settings.WECHAT_APP_ID,
    appSecret: settings.WECHAT_APP_SECRET,
    token: settings.WECHAT_TOKEN,
    encodingAESKeys: callback.encodingAESKeys,
  };
  return {
    health: () => health(db, accountSettings),
    receiver: {
      db,
      engine,
      sources,
      clock,
      callback,
      wecom,
      doorbell,
      later: waitUntil,
      notices: pay && payNotices(pay),
    },
    workshop: {
      engine,
      delivery,
      plan,
      clock,
      doorbell,
      ...(payer && { payer }),
      poll,
      ...(official && accountRounds(db, official, settings.PLAN)),
    },
    pages: {
      engine,
      clock,
      doorbell,
      keys: pageKeys(settings.SEED),
      client,
      account,
      oauthBase: settings.WECHAT_OAUTH_BASE,
      unionidOf: unionidFrom(client, wechatTokens.token),
      sms: delivery.sms,
      confirming: pay && {
        mchId: pay.mchId,
        jsTicket: jsTicket({ db, clock, client, appId: account.appId, accountTokens: wechatTokens }),
      },
    },
    api: {
      db,
      engine,
      doorbell,
      clock,
      senders: { ...senders, renew: sources.renew },
      polls: pollChecks(poll.allowPrivate),
      ...(official && { account: official }),
      diagnoseWechat: () =>
        diagnose({
          db,
          clock,
          settings: accountSettings,
          probe: asAccount(wechatTokens, wechatVerdicts.tokenErrors)(client.callbackIps),
        }),
      labs,
      files,
    },
  };
}

/** What is asked of the account besides sending single messages. */
function officialAccount(client: WechatClient, accountTokens: Tokens) {
  const asked = asAccount(accountTokens, wechatVerdicts.tokenErrors);
  return {
    createQr: asked(client.createQr),
    createMenu: asked(client.createMenu),
    deleteMenu: asked(client.deleteMenu),
    massSend: asked(client.massSend),
  };
}

const accountRounds = (
  db: Db,
  { createQr, massSend }: ReturnType<typeof officialAccount>,
  plan: 'free' | 'paid',
): Pick<Round, 'mass' | 'renewal'> => ({
  mass: { db, massSend, pace: massPaces[plan] },
  renewal: { db, createQr, codesPerTick: codesPerTick[plan] },
});
