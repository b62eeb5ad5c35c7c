/** 回调被拒: tells the shop why WeChat's pushes are refused, once a day for each reason, because nobody else would. */
import { defaultTimezone, type Alert } from '../../../schema/index.ts';
import { insertAlerts } from '../../db/upkeep/alerts.ts';
import type { Db } from '../../db/db.ts';
import { localDate } from '../../decide/plain/dates.ts';
import { log } from '../../platform/log.ts';

export type Refused = 'signature' | 'plain-mode' | 'bad-key' | 'foreign-app';

/** Anybody may send invalid requests, so an isolate writes alerts at most this often. */
const everyMs = 10 * 60_000;
const saidAt = new Map<Refused, number>();

const words: Readonly<Record<Refused, string>> = {
  signature:
    '有推送的签名对不上，没有接收。如果您刚改过公众号的令牌，请核对 WECHAT_TOKEN 和后台是否一致；如果没有改过，可能是别人在乱发请求，可以不管。',
  'plain-mode': '微信在用明文推送消息，没有接收。请在「消息与事件推送」里把消息加密方式改成安全模式。',
  'bad-key':
    '微信的推送解不开。请核对 WECHAT_ENCODING_AES_KEY 和后台的消息加解密密钥是否一致；如果刚换过密钥，把旧的填进 WECHAT_ENCODING_AES_KEY_BEFORE。',
  'foreign-app': '收到了发给另一个公众号的推送，没有接收。请核对 WECHAT_APP_ID 是不是这个公众号的。',
};

export async function noteRefused(db: Db, why: Refused, now: number): Promise<void> {
  if (now - (saidAt.get(why) ?? -Infinity) < everyMs) return;
  saidAt.set(why, now);
  log('warn', 'callback_refused', { why });
  const alert: Alert = {
    id: `callback:${why}:${localDate(now, defaultTimezone)}`,
    kind: 'wechat.callback-refused',
    sourceId: 'wechat',
    text: words[why],
    at: now,
  };
  try {
    await db.batch([insertAlerts([alert])]);
  } catch {
    // The request is refused whether or not the alert is stored.
  }
}
