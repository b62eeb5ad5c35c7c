/** 公众号体检: what is wrong with the connection to WeChat: first what is known here, then what WeChat says when it is asked. */
import type { MerchantSettings } from '../../../schema/index.ts';
import { newestCallback, type NewestCallback } from '../../db/inbox/callbacks.ts';
import type { Db } from '../../db/db.ts';
import { listMessages } from '../../db/outbox/messages.ts';
import { endOfTime, fromNewest } from '../../db/paging.ts';
import { readMenus } from '../../db/shop/menu.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { listAlerts } from '../../db/upkeep/alerts.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Clock } from '../../engine/ports.ts';
import { fatal, minor, type Diagnosis, type Finding } from './finding.ts';
import { askWechat, type AccountCalls } from './wechat-asked.ts';

export type WechatLook = {
  readonly db: Db;
  readonly clock: Clock;
  /** Settings of the deployment that are missing, or cannot be right. */
  readonly faults: readonly { readonly setting: string; readonly fault: string }[];
  /** The relay that calls leave by; null when they go to WeChat straight from the Worker. */
  readonly relay: string | null;
  readonly calls: AccountCalls;
};

/** With clocks further apart than this, signatures that contain a time begin to be refused. */
const clockSkewMaxMs = 120_000;
/** A shop with followers hears from WeChat every day. */
const silentAfterMs = 3 * dayMs;
const failuresLookBackMs = 7 * dayMs;
const looked = 20;

export async function diagnoseWechat(look: WechatLook): Promise<Diagnosis> {
  const { db, faults, calls } = look;
  const [known, settings] = await Promise.all([knownOf(look), readSettings(db)]);
  const local = [...settingFindings(faults), ...ofSettings(settings, look), ...known];
  // Without an account WeChat cannot be called.
  const isAskable = !faults.some(({ setting }) => setting === 'appId' || setting === 'appSecret');
  const asked = isAskable ? await askWechat(calls, settings) : { findings: [], isAsked: false };
  return { findings: [...local, ...asked.findings], isAsked: asked.isAsked };
}

/** Asks nobody, reads nothing. */
export const settingFindings = (faults: WechatLook['faults']): Finding[] =>
  faults.map(({ setting, fault }) => fatal(`setting.${setting}.${fault}`));

function ofSettings(
  { publicUrl, domainFiles, wechatTemplates }: MerchantSettings,
  { relay }: WechatLook,
): Finding[] {
  const found: Finding[] = [];
  // Without it no link can be made: followers are not welcomed with one, and nobody can be asked to confirm a payment.
  if (publicUrl === null) found.push(minor('setting.publicUrl.missing'));
  else if (!publicUrl.startsWith('https:')) found.push(minor('address.insecure'));
  else if (new URL(publicUrl).hostname.endsWith('.workers.dev')) found.push(minor('address.workers-dev'));
  if (relay === null) found.push(minor('relay.none'));
  if (!Object.keys(domainFiles).some((name) => name.startsWith('MP_'))) found.push(minor('domain.no-file'));
  if (Object.keys(wechatTemplates).length === 0) found.push(minor('template.none'));
  return found;
}

async function knownOf({ db, clock }: WechatLook): Promise<Finding[]> {
  const now = clock();
  const [newest, alerts, { published }, failed] = await Promise.all([
    newestCallback(db),
    listAlerts(db, fromNewest, looked),
    readMenus(db),
    listMessages(db, 'parked', endOfTime, looked),
  ]);
  const refused = alerts.find(
    ({ kind, at }) =>
      kind === 'wechat.callback-refused' && at > Math.max(newest?.receivedAt ?? 0, now - dayMs),
  );
  const failure = failed.items
    .filter(({ createdAt }) => createdAt > now - failuresLookBackMs)
    .map(({ lastError }) => /^(.*)（(-?\d+) /s.exec(lastError ?? ''))
    .find((match) => match !== null);
  const found = callbackFindings(newest, now);
  if (refused) found.push(minor('callback-refused', { text: refused.text }));
  if (!published?.menu) found.push(minor('menu.none'));
  if (failure) found.push(minor('last-failure', { why: failure[1] ?? '', errcode: failure[2] ?? '' }));
  return found;
}

function callbackFindings(newest: NewestCallback | null, now: number): Finding[] {
  if (!newest) return [minor('no-callback-yet')];
  const { receivedAt, createdAt } = newest;
  const skewMs = Math.abs(receivedAt - createdAt);
  if (createdAt > 0 && skewMs > clockSkewMaxMs && receivedAt > now - dayMs)
    return [minor('clock-skew', { seconds: String(Math.round(skewMs / 1000)) })];
  const days = Math.floor((now - receivedAt) / dayMs);
  return now - receivedAt > silentAfterMs ? [minor('callback-silent', { days: String(days) })] : [];
}
