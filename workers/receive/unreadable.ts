/** 读不懂的推送: signed, so it is Tencent's, and refusing it would only bring it again; it is kept for the shop to look at. */
import { sha256Hex } from '../platform/digest.ts';

/** These stand before anything that a person wrote. */
const first = (text: string, name: string): string =>
  new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[)?([\\w.@-]{1,128})`).exec(text)?.[1] ?? '';

type Unreadable = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  /** Whose words it may hold: they go when the person leaves. */
  readonly subject?: string;
};

/** One and the same push, told again, has the same number. */
export async function unreadable(app: 'wechat' | 'wecom', body: string): Promise<Unreadable> {
  const subject = app === 'wechat' ? first(body, 'FromUserName') : '';
  const senderId = `unreadable|${await sha256Hex(body)}`;
  return { senderId, type: `${app}.unreadable`, body, ...(subject && { subject }) };
}
