/** 短信: the templates that were approved, what a phone takes in a day, and the letter that arrives. */
import type { Here } from '../here.ts';
import { countSince, post } from '../state/letters.ts';
import { digitsOf } from '../plain/random.ts';
import { shopName } from '../demo/shop.ts';
import { dayMs, minuteMs } from '../plain/time.ts';

/** The one signature that was approved. */
export const signName = shopName;

type Template = { readonly kind: 'code' | 'notice'; readonly text: string };

/** Aliyun writes its variables `${name}`, Tencent numbers them. */
const templates: Readonly<Record<string, Template>> = {
  SMS_100001: { kind: 'code', text: '您的验证码是${code}，5分钟内有效，请勿告诉他人。' },
  SMS_100002: {
    kind: 'notice',
    text: '${name}您好，您在本店有一份会员礼待领取，截止${date}。拒收请回复R',
  },
  SMS_100003: { kind: 'notice', text: '您有${count}张优惠券将于${date}到期，欢迎到店使用。拒收请回复R' },
  '1000001': { kind: 'code', text: '您的验证码是{1}，5分钟内有效，请勿告诉他人。' },
  '1000002': { kind: 'notice', text: '{1}您好，您在本店有一份会员礼待领取，截止{2}。拒收请回复R' },
  '1000003': { kind: 'notice', text: '您有{1}张优惠券将于{2}到期，欢迎到店使用。拒收请回复R' },
};

export const templateOf = (code: string): Template | null => templates[code] ?? null;

/** Null when a variable of the template has no value. */
export function fill({ text }: Template, values: ReadonlyMap<string, string>): string | null {
  let isWhole = true;
  const filled = text.replaceAll(/\$?\{(\w+)\}/g, (_, name: string) => {
    const value = values.get(name);
    isWhole &&= value !== undefined;
    return value ?? '';
  });
  return isWhole ? filled : null;
}

/** 流控: codes once a minute, five an hour, ten a day for one phone; other messages fifty a day. */
const limits = {
  code: [
    [minuteMs, 1],
    [60 * minuteMs, 5],
    [dayMs, 10],
  ],
  notice: [[dayMs, 50]],
} as const;

export async function isOverLimit(here: Here, phone: string, kind: Template['kind']): Promise<boolean> {
  for (const [periodMs, max] of limits[kind]) {
    const since = here.now - periodMs;
    if ((await countSince(here, { channel: 'sms', recipient: phone, since, kind })) >= max) return true;
  }
  return false;
}

export type Sms = {
  readonly phone: string;
  readonly kind: string;
  readonly text: string;
  readonly data: unknown;
};

/** The number under which the vendor knows it. */
export async function arrive(here: Here, { phone, kind, text, data }: Sms): Promise<string> {
  const msgid = digitsOf(18);
  await post(here, { channel: 'sms', recipient: phone, kind, text, data, msgid });
  return msgid;
}

export const isMobile = (phone: string): boolean => /^1[3-9]\d{9}$/.test(phone);
