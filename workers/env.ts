/** The bindings of a deployment, and the ports made of them. */
import { waitUntil } from 'cloudflare:workers';
import type { ApiDeps } from './api/index.ts';
import { configCache } from './db/world/config.ts';
import { countingRows } from './db/upkeep/rows-written.ts';
import { sourceCache } from './db/sources/sources.ts';
import { d1 } from './d1.ts';
import { connect } from './deliver/connect.ts';
import type { Delivery } from './deliver/drain.ts';
import { jsTicket } from './deliver/account/js-ticket.ts';
import { officialAccount } from './deliver/account/official-account.ts';
import { accountLine } from './deliver/account/account-line.ts';
import { assetPaths } from './pages/assets.ts';
import { pageKeys } from './pages/keys.ts';
import type { PageDeps } from './pages/ports.ts';
import { unionidFrom } from './pages/register/unionid.ts';
import { bellsOf, type Queues } from './doorbell.ts';
import { payAccount, payLine } from './payout/account.ts';
import { plans } from './platform/plans.ts';
import type { Http } from './engine/ports.ts';
import type { Engine } from './engine/engine.ts';
import { files } from './receive/files/index.ts';
import { forPollers } from './receive/for-pollers.ts';
import type { Receiver } from './receive/hook.ts';
import { diagnose } from './api/account/diagnose.ts';
import { health, type Health } from './api/shop/health.ts';
import { labs } from './receive/labs.ts';
import { normaliseRows } from './receive/normalise.ts';
import { payNotices, type PayReceiver } from './receive/pay/pay.ts';
import { senders } from './receive/senders.ts';
import type { WecomReceiver } from './receive/wecom/wecom.ts';
import { pollChecks } from './schedule/poll/asking/check.ts';
import { massPaces } from './schedule/mass/mass.ts';
import { stepsPerTick, type PollDeps } from './schedule/poll/kernel/poll.ts';
import { codesPerTick } from './schedule/chores/codes.ts';
import type { Round } from './schedule/round.ts';
import { dayNearlyUsedUp } from './schedule/alerts.ts';
import { seedMaker } from './engine/seeds.ts';
import { accountSettings, Settings, wecomSettings } from './settings.ts';

export type Env = Queues & { readonly DB: D1Database; readonly ASSETS: Fetcher };

export type Deployment = {
  readonly receiver: Receiver & WecomReceiver & PayReceiver;
  readonly workshop: Round;
  readonly health: () => Promise<Health>;
  readonly api: ApiDeps;
  readonly pages: PageDeps;
};

const clock = (): number => Date.now();
const jitter = (): number => Math.random();
const http: Http = (request) => fetch(request);

export function deploy(env: Env): Deployment {
  const base = baseOf(env);
  const { settings, db, engine, pay, doorbell, plan, wechat } = base;
  const delivery: Delivery = {
    ...connect({ db, http, clock }, settings, wechat),
    db,
    config: engine.config,
    clock,
    jitter,
  };
  const payer = pay && {
    engine,
    ...payLine(pay, { http, clock, relayKey: settings.RELAY_KEY }),
    appId: settings.WECHAT_APP_ID,
    clock,
    jitter,
  };
  const poll = pollingOf(base);
  const official = wechat && officialAccount(wechat.client, wechat.tokens);
  return {
    health: () => health(db, accountSettings(settings)),
    receiver: receiverOf(base),
    workshop: {
      engine,
      delivery,
      plan,
      clock,
      doorbell,
      sendingBell: base.sendingBell,
      later: waitUntil,
      ...(payer && { payer }),
      poll,
      ...(official && {
        mass: { db, massSend: official.massSend, pace: massPaces[plan.name] },
        renewal: { db, createQr: official.createQr, codesPerTick: codesPerTick[plan.name] },
      }),
    },
    pages: pagesOf(base, delivery.sms),
    api: apiOf(base, official),
  };
}

type Base = ReturnType<typeof baseOf>;
type Official = ReturnType<typeof officialAccount>;

/** What every part of the deployment shares. */
function baseOf(env: Env) {
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
  const keeps = settings.QUEUES_KEEP === 'yes';
  return {
    settings,
    db,
    sources,
    pay,
    engine,
    ...accountLine({ db, http, clock }, settings),
    /** What reads files and settings of sources. */
    desk: {
      files,
      senders: { ...senders, renew: sources.renew },
      polls: pollChecks(settings.POLL_PRIVATE === 'yes'),
    },
    asset: assetPaths((url) => env.ASSETS.fetch(url)),
    ...bellsOf(env, { clock, later: waitUntil, apartMs: plan.ringsApartMs, keeps }),
    plan,
  };
}

function receiverOf({ settings, db, engine, sources, doorbell, pay }: Base): Deployment['receiver'] {
  const { appId, token, encodingAESKeys } = accountSettings(settings);
  return {
    db,
    engine,
    sources,
    clock,
    callback: { appId, token, encodingAESKeys },
    wecom: wecomSettings(settings),
    doorbell,
    later: waitUntil,
    notices: pay && payNotices(pay),
  };
}

const pollingOf = ({ settings, db, doorbell, plan }: Base): PollDeps => ({
  db,
  http,
  clock,
  doorbell,
  jitter,
  allowPrivate: settings.POLL_PRIVATE === 'yes',
  stepsPerTick: stepsPerTick[plan.name],
  ...forPollers,
});

const pagesOf = (base: Base, sms: Delivery['sms']): PageDeps => {
  const { settings, db, engine, doorbell, client, account, accountTokens, pay, desk, asset } = base;
  return {
    engine,
    clock,
    doorbell,
    desk,
    asset,
    keys: pageKeys(settings.SEED),
    client,
    account,
    oauthBase: settings.WECHAT_OAUTH_BASE,
    unionidOf: unionidFrom(client, accountTokens.token),
    sms,
    confirming: pay && {
      mchId: pay.mchId,
      jsTicket: jsTicket({ db, clock, client, appId: account.appId, accountTokens }),
    },
  };
};

function apiOf(base: Base, official: Official | null): ApiDeps {
  const { settings, db, engine, doorbell, client, accountTokens, desk } = base;
  const { callbackIps: probe } = official ?? officialAccount(client, accountTokens);
  return {
    db,
    engine,
    doorbell,
    clock,
    ...desk,
    ...(official && { account: official }),
    diagnoseWechat: () => diagnose({ db, clock, settings: accountSettings(settings), probe }),
    labs,
  };
}
