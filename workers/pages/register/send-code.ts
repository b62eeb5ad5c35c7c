/** 发送验证码: a code for a phone, within the limits; whether anybody knows the phone makes no difference to what is said. */
import { defaultTimezone, type SmsCode } from '../../../schema/index.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { reserveCode, uncountCode, type SmsCaps, type SmsLimit } from '../../db/members/sms-codes.ts';
import { atHour, dayMs, hourMs, localDate } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';
import { withTimeout } from '../../platform/timeout.ts';
import { codeMessage } from './code-message.ts';
import { newCode, newWord } from '../keys.ts';
import { networkOf } from '../network.ts';
import type { PageDeps, SmsVerdict } from '../ports.ts';

export const codeAgainSeconds = 60;
const codeLifeMs = 5 * 60_000;
const smsTimeoutMs = 5_000;

/** 每个手机每分钟一条, 每天五条; 每个微信每天十条; 每个网络地址每小时二十条; 全店每小时两百条. */
const caps: SmsCaps = { phoneMinute: 1, phoneDay: 5, openidDay: 10, addressHour: 20, shopHour: 200 };

export type Sent =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'limited'; readonly limit: SmsLimit; readonly retrySeconds: number }
  | { readonly outcome: 'failed' }
  /** It may still arrive. */
  | { readonly outcome: 'unsure' }
  /** The shop sends no messages. */
  | { readonly outcome: 'off' };

export type Asking = { readonly phone: string; readonly openid: string; readonly address: string };

export async function sendCode(deps: PageDeps, asking: Asking, now: number): Promise<Sent> {
  const { db } = deps.engine;
  const code = newCode();
  const message = codeMessage(await readSettings(db), asking.phone, code);
  if (!deps.sms || !message) return { outcome: 'off' };
  const row = await rowFor(deps, asking, code, now);
  const day = atHour(localDate(now, defaultTimezone), 0, defaultTimezone);
  const since = { minute: now - codeAgainSeconds * 1000, hour: now - hourMs, day };
  const { met } = await reserveCode(db, row, caps, since);
  if (met !== null) {
    // Too early is everyday; the others say that somebody is trying, or that the caps are too low.
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
  // It may still arrive, and then it counts.
  if (answer.verdict !== 'retry') return { outcome: 'unsure' };
  await uncountCode(db, row);
  return { outcome: 'failed' };
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

/** Bound to its row: what is stored for one code says nothing about another. */
export const codeText = (id: string, code: string): string => `${id}\n${code}`;

/** The provider's own name for it, out of a sentence for the merchant: logs are in English. */
const codeIn = (why: string): string => /[A-Za-z][\w.]{2,40}/.exec(why)?.[0] ?? 'none';

async function inTime(sending: Promise<SmsVerdict>): Promise<SmsVerdict> {
  try {
    return await withTimeout(sending, smsTimeoutMs);
  } catch {
    return { verdict: 'park', why: `no answer within ${smsTimeoutMs} ms` };
  }
}
