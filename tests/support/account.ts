/** 公众号 as WeChat plays it towards us: callbacks sealed by an independent package, and its reading of our answers. */
import { createHash, randomBytes } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { receiveWechat, type WechatReceiver } from '../../workers/receive/wechat/wechat.ts';
import type { Shop } from './shop.ts';

export const official = {
  appId: 'wx5823bf96d3bd56c7',
  originalId: 'gh_7f083739789a',
  token: 'spamtest',
  encodingAESKey: '2X4db1r19lv9J6r6wjT1kuDCTmh0Z9Mx6V8P6BxHAzZ',
};

export type Fields = Readonly<Record<string, string | number>>;

export type Answered = {
  readonly status: number;
  readonly body: string;
  /** The passive reply, opened; null when nothing is said. */
  readonly reply: { readonly to: string; readonly text: string } | null;
};

type Pushed = { readonly openid: string; readonly fields: Fields; readonly at: number };

export type Account = {
  readonly receiver: WechatReceiver;
  /** Pushes a message or event as WeChat would, and answers with what came back. */
  readonly push: (openid: string, fields: Fields) => Promise<Answered>;
  /** The last push once more, as WeChat does when it heard nothing. */
  readonly repeat: () => Promise<Answered>;
  /** Work that was to outlast the answer. */
  readonly settled: () => Promise<void>;
  /** Seconds after which a doorbell was asked to ring. */
  readonly rings: number[];
};

const element = (name: string, value: string | number): string =>
  typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`;

const field = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`)
    .exec(xml)
    ?.slice(1)
    .find(Boolean) ?? '';

export function openAccount({ engine, clock }: Pick<Shop, 'engine' | 'clock'>): Account {
  const pending: Promise<unknown>[] = [];
  const rings: number[] = [];
  let last: Pushed = { openid: '', fields: {}, at: 0 };
  const answered = async ({ openid, fields, at }: Pushed): Promise<Answered> => {
    const response = await receiveWechat(receiver, sealedRequest(openid, at, fields));
    const body = await response.text();
    return { status: response.status, body, reply: opened(body) };
  };
  const receiver: WechatReceiver = {
    engine,
    clock: () => clock.now,
    doorbell: { ring: (after = 0) => void rings.push(after), handOver: async () => {} },
    callback: { ...official, encodingAESKeys: [official.encodingAESKey] },
    later: (work) => void pending.push(work),
  };
  return {
    receiver,
    rings,
    settled: async () => void (await Promise.all(pending)),
    push: async (openid, fields) => {
      last = { openid, fields, at: clock.now };
      return answered(last);
    },
    repeat: () => answered(last),
  };
}

/** A callback in safe mode; `fields` stand beside who, to whom and when. */
export function sealedRequest(openid: string, now: number, fields: Fields): Request {
  const inner = Object.entries({
    ToUserName: official.originalId,
    FromUserName: openid,
    CreateTime: Math.floor(now / 1000),
    ...fields,
  });
  const xml = `<xml>${inner.map(([name, value]) => element(name, value)).join('')}</xml>`;
  const sealed = encrypt(official.encodingAESKey, xml, official.appId);
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(5).toString('hex');
  const query = new URLSearchParams({
    signature: createHash('sha1')
      .update([official.token, timestamp, nonce].toSorted().join(''))
      .digest('hex'),
    timestamp,
    nonce,
    openid,
    encrypt_type: 'aes',
    msg_signature: getSignature(official.token, timestamp, nonce, sealed),
  });
  return new Request(`https://shop.example/hooks/wechat?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<xml>${element('ToUserName', official.originalId)}${element('Encrypt', sealed)}</xml>`,
  });
}

function opened(body: string): Answered['reply'] {
  if (!body.startsWith('<xml>')) return null;
  const sealed = field(body, 'Encrypt');
  const signature = getSignature(official.token, field(body, 'TimeStamp'), field(body, 'Nonce'), sealed);
  if (signature !== field(body, 'MsgSignature')) throw new Error('the reply is not signed for this account');
  const { message, id } = decrypt(official.encodingAESKey, sealed);
  if (id !== official.appId) throw new Error('the reply is sealed for another account');
  return { to: field(message, 'ToUserName'), text: field(message, 'Content') };
}

export const events = {
  follow: (scene?: string): Fields => ({
    MsgType: 'event',
    Event: 'subscribe',
    EventKey: scene === undefined ? '' : `qrscene_${scene}`,
    ...(scene === undefined ? {} : { Ticket: 'gQ' }),
  }),
  unfollow: { MsgType: 'event', Event: 'unsubscribe', EventKey: '' },
  scan: (scene: string): Fields => ({ MsgType: 'event', Event: 'SCAN', EventKey: scene, Ticket: 'gQ' }),
  click: (key: string): Fields => ({ MsgType: 'event', Event: 'CLICK', EventKey: key }),
  say: (text: string, msgId = '1'): Fields => ({ MsgType: 'text', Content: text, MsgId: msgId }),
} as const;
