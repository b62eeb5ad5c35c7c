/** 发送: leases due messages, looks at present state, asks the channels, writes the verdicts. */
import type { MerchantSettings, Message } from '../../schema/index.ts';
import type { ConfigCache } from '../db/config.ts';
import type { Db } from '../db/db.ts';
import { addressesOf, closeMessages, leaseMessages, type MessageClosing } from '../db/outbox.ts';
import type { Config } from '../decide/config.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { Outgoing, Verdict } from './channels/define.ts';
import { channels } from './channels/index.ts';
import type { Tokens } from './tokens.ts';
import { judge, tokenErrors } from './verdicts.ts';
import { messageKinds } from './words.ts';

export type Delivery = {
  readonly db: Db;
  readonly config: ConfigCache;
  readonly client: WechatClient;
  readonly tokens: Tokens;
  /** From 0 to 1; spreads retries so that they do not come back as one wave. */
  readonly jitter: () => number;
};

export const attemptsMax = 8;
/** Workers wait for at most six answers at a time. */
const parallelMax = 6;
/** Longer than a drain can take: until then nobody else touches a leased message. */
const leaseMs = 60_000;
const backoffBaseMs = 30_000;
const backoffMaxMs = 6 * 3_600_000;
const errorLengthMax = 500;

/** Sends up to `limit` due messages; tells how many were leased. */
export async function drain(delivery: Delivery, limit: number, now: number): Promise<number> {
  const messages = await leaseMessages(delivery.db, limit, now, leaseMs);
  if (messages.length === 0) return 0;
  const [addresses, config] = await Promise.all([addressesOf(delivery.db, messages), delivery.config.get()]);
  const closings: MessageClosing[] = [];
  const queue = [...messages];
  const session = { ...delivery, tokens: askedOnce(delivery.tokens) };
  const lane = async (): Promise<void> => {
    for (let message = queue.shift(); message; message = queue.shift()) {
      const openid = message.associateId
        ? addresses.associates.get(message.associateId)
        : addresses.members.get(message.memberId ?? '');
      const answer = await deliverOne(session, message, openid, config);
      closings.push(closing(message, answer, now, delivery.jitter()));
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, lane));
  await closeMessages(delivery.db, closings, now);
  return messages.length;
}

/** One look-up for a whole drain; once a token has been replaced, nobody in this drain is given the old one again. */
function askedOnce(tokens: Tokens): Tokens {
  const asked = new Map<string | null, ReturnType<Tokens['token']>>();
  return {
    token: (failed) => {
      let answer = asked.get(failed);
      if (!answer) {
        answer = tokens.token(failed);
        asked.set(failed, answer).set(null, answer);
      }
      return answer;
    },
  };
}

type Answered = { readonly verdict: Verdict; readonly channel: string | null };

async function deliverOne(
  delivery: Delivery,
  message: Message,
  openid: string | undefined,
  config: Config,
): Promise<Answered> {
  const kind = messageKinds[message.kind];
  if (!kind) return { verdict: { verdict: 'park', why: `没有 ${message.kind} 这种消息` }, channel: null };
  if (openid === undefined) {
    const who = message.associateId ? '导购没有绑定微信' : '会员没有绑定微信';
    return { verdict: { verdict: 'park', why: who }, channel: null };
  }
  const { settings, stores } = config;
  const storeName = (id: string): string => [...stores.values()].find((store) => store.id === id)?.name ?? id;
  const slots = kind.slots({ payload: message.payload, shopName: settings.shopName, storeName });
  const outgoing = { seq: message.seq, kind: message.kind, openid, slots, text: kind.text(slots) };

  const reasons: string[] = [];
  for (const name of kind.channels) {
    const verdict = await send(delivery, name, outgoing, settings);
    if (verdict.verdict !== 'unsuitable') return { verdict, channel: name };
    reasons.push(`${name}: ${verdict.why}`);
  }
  return { verdict: { verdict: 'park', why: reasons.join('；') }, channel: null };
}

async function send(
  { client, tokens }: Delivery,
  name: string,
  outgoing: Outgoing,
  settings: MerchantSettings,
): Promise<Verdict> {
  const channel = channels.find((one) => one.name === name);
  const prepared = channel?.prepare(outgoing, settings) ?? { unsuitable: '没有这个渠道' };
  if ('unsuitable' in prepared) return { verdict: 'unsuitable', why: prepared.unsuitable };
  let failed: string | null = null;
  // Once with the token at hand, and once more with a fresh one if that is what was wrong.
  for (let tries = 0; tries < 2; tries += 1) {
    const token = await tokens.token(failed);
    if ('why' in token) return { verdict: 'retry', afterSeconds: null, why: token.why };
    const answer = await prepared(client, token.token);
    if (!answer.ok) {
      return { verdict: 'retry', afterSeconds: null, why: `${answer.outage}: ${answer.detail}` };
    }
    if (!tokenErrors.has(answer.reply.errcode)) return judge(answer.reply);
    failed = token.token;
  }
  return { verdict: 'retry', afterSeconds: null, why: 'access_token 刷新后仍被拒绝' };
}

function closing(
  message: Message,
  { verdict, channel }: Answered,
  now: number,
  jitter: number,
): MessageClosing {
  const base = {
    seq: message.seq,
    leaseUntil: message.leaseUntil ?? 0,
    dueAt: message.dueAt,
    channel,
    receipt: null,
  };
  switch (verdict.verdict) {
    case 'sent':
      return { ...base, state: 'sent', lastError: null, receipt: verdict.receipt };
    case 'park':
    case 'unsuitable':
      return { ...base, state: 'parked', lastError: verdict.why.slice(0, errorLengthMax) };
    case 'retry': {
      const lastError = verdict.why.slice(0, errorLengthMax);
      if (message.attempts >= attemptsMax) return { ...base, state: 'parked', lastError };
      const waitMs =
        verdict.afterSeconds === null ? backoffMs(message.attempts, jitter) : verdict.afterSeconds * 1000;
      return { ...base, state: 'pending', dueAt: now + waitMs, lastError };
    }
    default:
      return verdict satisfies never;
  }
}

/** Doubles from half a minute to six hours, give or take a quarter. */
export function backoffMs(attempts: number, jitter: number): number {
  const exact = Math.min(backoffMaxMs, backoffBaseMs * 2 ** (attempts - 1));
  return Math.round(exact * (0.75 + jitter / 2));
}
