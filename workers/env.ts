/** The ports of a deployment, made of what its parts share. */
import { waitUntil } from 'cloudflare:workers';
import type { ApiDeps } from './api/index.ts';
import { baseOf, checksOf, clock, http, jitter, type Base, type Env } from './base.ts';
import type { Checks, Finding } from './commands/diagnosis/finding.ts';
import { connect } from './deliver/connect.ts';
import type { Delivery } from './deliver/drain.ts';
import { jsTicket } from './deliver/account/js-ticket.ts';
import { pageKeys } from './pages/keys.ts';
import type { PageDeps } from './pages/ports.ts';
import { unionidFrom } from './pages/register/unionid.ts';
import { inWords } from './pages/console/connections/findings.tsx';
import { payLine } from './payout/account.ts';
import { forPollers } from './receive/for-pollers.ts';
import type { Receiver } from './receive/hook.ts';
import { health, type Health } from './api/shop/health.ts';
import { payNotices, type PayReceiver } from './receive/pay/pay.ts';
import type { WecomReceiver } from './receive/wecom/wecom.ts';
import { massPaces } from './schedule/mass/mass.ts';
import { stepsPerTick, type PollDeps } from './schedule/poll/kernel/poll.ts';
import { codesPerTick } from './schedule/chores/codes.ts';
import type { Round } from './schedule/round.ts';
import { accountSettings, wecomSettings } from './settings.ts';

export type { Env } from './base.ts';

export type Deployment = {
  readonly receiver: Receiver & WecomReceiver & PayReceiver;
  readonly workshop: Round;
  readonly health: () => Promise<Health>;
  readonly api: ApiDeps;
  readonly pages: PageDeps;
};

export function deploy(env: Env): Deployment {
  const base = baseOf(env);
  const { settings, db, engine, pay, doorbell, sendingBell, jobsBell, plan, wechat, official } = base;
  const delivery: Delivery = {
    ...connect({ db, http, clock }, settings, wechat),
    db,
    config: engine.config,
    clock,
    jitter,
  };
  const line = pay && payLine(pay, { http, clock, relayKey: settings.RELAY_KEY });
  const checks = checksOf(base, line);
  const payer = line && {
    engine,
    ...line,
    appId: settings.WECHAT_APP_ID,
    clock,
    jitter,
  };
  const poll = pollingOf(base);
  return {
    health: () => health(db, accountSettings(settings)),
    receiver: receiverOf(base),
    workshop: {
      engine,
      delivery,
      plan,
      clock,
      doorbell,
      sendingBell,
      jobsBell,
      later: waitUntil,
      ...(payer && { payer }),
      poll,
      ...(official && {
        mass: { db, massSend: official.massSend, pace: massPaces[plan.name] },
        renewal: { db, createQr: official.createQr, codesPerTick: codesPerTick[plan.name] },
      }),
    },
    pages: pagesOf(base, delivery.sms, checks),
    api: apiOf(base, checks),
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

const pagesOf = (base: Base, sms: Delivery['sms'], checks: Checks): PageDeps => {
  const {
    settings,
    db,
    engine,
    doorbell,
    jobsBell,
    client,
    account,
    accountTokens,
    official,
    pay,
    desk,
    plan,
    asset,
    words,
  } = base;
  return {
    engine,
    clock,
    doorbell,
    jobsBell,
    desk,
    checks,
    plan,
    asset,
    words,
    openingCode: settings.OPENING_CODE === '' ? null : settings.OPENING_CODE,
    keys: pageKeys(settings.SEED),
    client,
    account,
    official,
    oauthBase: settings.WECHAT_OAUTH_BASE,
    unionidOf: unionidFrom(client, accountTokens.token),
    sms,
    jsTicket: (official ?? pay) && jsTicket({ db, clock, client, appId: account.appId, accountTokens }),
    confirming: pay && { mchId: pay.mchId },
  };
};

function apiOf({ db, engine, doorbell, jobsBell, official, desk, words }: Base, checks: Checks): ApiDeps {
  const told = (ask: () => Promise<readonly Finding[]>) => async () => {
    // They are said in the words of the console.
    await words();
    return (await ask()).map(inWords);
  };
  return {
    db,
    engine,
    doorbell,
    jobsBell,
    clock,
    ...desk,
    ...(official && { account: official }),
    diagnoses: {
      wechat: told(async () => (await checks.wechat()).findings),
      channels: told(async () => {
        const { sms, pay } = await checks.channels();
        return [...sms, ...pay.findings];
      }),
    },
  };
}
