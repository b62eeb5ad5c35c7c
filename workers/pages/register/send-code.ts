/** 发送验证码: sends a code to a phone, within the limits. The answer does not reveal whether the phone is known. */
import { defaultTimezone, type SmsCode } from '../../../schema/index.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { reserveCode, uncountCode, type SmsCaps, type SmsLimit } from '../../db/sms/sms-codes.ts';
import { atHour, dayMs, hourMs, localDate } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';
import { withTimeout } from '../../platform/timeout.ts';
import { codeMessage } from './code-message.ts';
import { newCode, newWord } from '../keys.ts';
import { networkOf } from '../network.ts';
import type { PageDeps, SmsProvider, SmsVerdict } from '../ports.ts';

export const codeAgainSeconds = 60;
const codeLifeMs = 5 * 60_000;
const smsTimeoutMs = 5_000;

/** 每个手机每分钟一条, 每天五条; 每个微信每天十条; 每个网络地址每小时二十条; 全店每小时两百条. */
const caps: SmsCaps = { phoneMinute: 1, phoneDay: 5, openidDay: 10, addressHour: 20, shopHour: 200 };

export type Sent =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'limited'; readonly limit: SmsLimit; readonly retrySeconds: number }
  | { readonly outcome: 'failed'; readonly why: string }
  /** It may still arrive. */
  | { readonly outcome: 'unsure'; readonly why: string }
  /** SMS is off. */
  | { readonly outcome: 'off' };

export type Asking = { readonly phone: string; readonly openid: string; readonly address: string };

export async function sendCode(deps: PageDeps, asking: Asking, now: number): Promise<Sent> {
  const code = newCode();
  const message = codeMessage(await readSettings(deps.engine.db), asking.phone, code);
  return message ? sendText(deps, asking, { code, message }, now) : { outcome: 'off' };
}

type Text = { readonly code: string; readonly message: Parameters<SmsProvider['send']>[0] };

/** Whatever is sent because somebody typed a phone into a form: the limits count all of it. */
export async function sendText(
  deps: PageDeps,
  asking: Asking,
  { code, message }: Text,
  now: number,
): Promise<Sent> {
  const { db } = deps.engine;
  if (!deps.sms) return { outcome: 'off' };
  const row = await rowFor(deps, asking, code, now);
  const day = atHour(localDate(now, defaultTimezone), 0, defaultTimezone);
  const since = { minute: now - codeAgainSeconds * 1000, hour: now - hourMs, day };
  const { met } = await reserveCode(db, row, caps, since);
  if (met !== null) {
    // Asking too early is normal; the other limits hint at abuse or at caps that are too low.
    if (met !== 'phoneMinute') log('warn', 'sms_limited', { limit: met });
    const retryMs: Record<keyof SmsCaps, number> = {
      phoneMinute: codeAgainSeconds * 1000,
      addressHour: hourMs,
      shopHour: hourMs,
      phoneDay: day + dayMs - now,
      openidDay: day + dayMs - now,
    };
    return { outcome: 'limited', limit: met, retrySeconds: Math.ceil(retryMs[met] / 1000) };
  }
  const answer = await inTime(deps.sms.send(message));
  if (answer.verdict === 'sent') return { outcome: 'sent' };
  log('error', 'sms_failed', { verdict: answer.verdict, code: codeIn(answer.why) });
  // It may still arrive, so it counts.
  if (answer.verdict !== 'retry') return { outcome: 'unsure', why: answer.why };
  await uncountCode(db, row);
  return { outcome: 'failed', why: answer.why };
}

async function rowFor(
  { keys }: PageDeps,
  { phone, openid, address }: Asking,
  code: string,
  now: number,
): Promise<SmsCode> {
  const id = newWord();
  const [phoneKey, openidKey, addressKey, codeKey] = await Promise.all([
    keys.tag('phone', phone),
    keys.tag('openid', openid),
    keys.tag('address', networkOf(address)),
    keys.tag('code', codeText(id, code)),
  ]);
  return {
    phoneKey,
    sentAt: now,
    id,
    purpose: 'register',
    openidKey,
    addressKey,
    codeKey,
    expiresAt: now + codeLifeMs,
    attempts: 0,
    isCounted: true,
    usedAt: null,
  };
}

/** The hash includes the row's id, so that equal codes have different hashes. */
export const codeText = (id: string, code: string): string => `${id}\n${code}`;

/** The provider's error code, taken from a Chinese sentence, because logs are in English. */
const codeIn = (why: string): string => /[A-Za-z][\w.]{2,40}/.exec(why)?.[0] ?? 'none';

async function inTime(sending: Promise<SmsVerdict>): Promise<SmsVerdict> {
  try {
    return await withTimeout(sending, smsTimeoutMs);
  } catch {
    return { verdict: 'park', why: `${smsTimeoutMs / 1000} 秒内没有回答` };
  }
}
