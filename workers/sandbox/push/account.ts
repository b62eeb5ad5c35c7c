/** 公众号的回调: what a person did, told to `/hooks/wechat`, and what the person then sees. */
import type { Here } from '../here.ts';
import { deliver } from '../state/messages.ts';
import { once, push, type Delivery, type Line, type Pushed } from './push.ts';
import type { Fields } from './xml.ts';

const unavailable = '该公众号暂时无法提供服务，请稍后再试';

/** Events in which the person waits for an answer, beside all messages. */
const spoken: ReadonlySet<string> = new Set([
  'subscribe',
  'SCAN',
  'CLICK',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
]);

export function lineOf({ env }: Here): Line {
  return {
    app: 'wechat',
    path: '/hooks/wechat',
    secrets: { token: env.WECHAT_TOKEN, aesKey: env.WECHAT_ENCODING_AES_KEY, id: env.WECHAT_APP_ID },
    self: env.WECHAT_ORIGINAL_ID,
    envelope: { ToUserName: env.WECHAT_ORIGINAL_ID },
  };
}

/** `fields` are those below the four that every message has; one of those given here replaces it. */
export async function tell(
  here: Here,
  openid: string,
  fields: Fields,
  delivery: Delivery = once,
): Promise<Pushed> {
  const message = {
    ToUserName: here.env.WECHAT_ORIGINAL_ID,
    FromUserName: openid,
    CreateTime: Math.floor(here.now / 1000),
    ...fields,
  };
  const pushed = await push(here, lineOf(here), { from: openid, fields: message, delivery });
  const { reply } = pushed;
  if (reply !== null) {
    await deliver(here, { openid, sender: 'account', kind: 'passive', text: reply.text, data: reply });
  } else if (!pushed.ok && isSpoken(fields)) {
    await deliver(here, { openid, sender: 'account', kind: 'unavailable', text: unavailable, data: {} });
  }
  return pushed;
}

function isSpoken({ MsgType, Event }: Fields): boolean {
  return MsgType !== 'event' || (typeof Event === 'string' && spoken.has(Event));
}

/** What a tester is told: `reply` is what the person reads. */
export function report({ ok, status, attempts, verdicts, reply }: Pushed) {
  return { ok, status, attempts, verdicts, reply: reply?.text ?? null, replyType: reply?.type ?? null };
}
