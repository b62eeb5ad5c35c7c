/** 微信回调: verify, open, store, answer; what it says is acted on afterwards (wechat.md §1). */
import type { Db } from '../db/db.ts';
import type { Clock, Doorbell } from '../ports.ts';
import { problemResponse } from '../problem.ts';
import { openMessage } from '../wechat/crypto.ts';
import { isSigned } from '../wechat/signature.ts';
import { childOf, parseXml, textOf, type XmlElement } from '../wechat/xml.ts';
import { decodeUtf8, readBody } from './body.ts';
import { notStored, takeIn, type RawEvent } from './intake.ts';

/** The inbox rows of the account itself; no ERP source may take this name. */
export const wechatSourceId = 'wechat';

/** As the WeChat console shows them; the key in force first, then the one before it. */
export type CallbackSettings = {
  readonly appId: string;
  readonly token: string;
  readonly encodingAESKeys: readonly string[];
};

export type WechatReceiver = {
  readonly db: Db;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly callback: CallbackSettings;
};

const badSignature = (): Response =>
  problemResponse({ status: 401, code: 'bad_signature', detail: 'not signed by WeChat for this account' });

/** The console's check of the URL: the echo, verbatim, for a plain signature. */
export async function answerEcho({ callback }: WechatReceiver, url: URL): Promise<Response> {
  const { timestamp, nonce, signature, echostr } = Object.fromEntries(url.searchParams);
  if (!callback.token || !timestamp || !nonce || !signature || echostr === undefined) return badSignature();
  const isGenuine = await isSigned({ token: callback.token, timestamp, nonce }, signature);
  return isGenuine ? new Response(echostr) : badSignature();
}

/** Safe mode only: the plain signature does not cover the body, so a plain body could be anyone's. */
export async function receiveWechat(receiver: WechatReceiver, request: Request): Promise<Response> {
  const { callback, clock } = receiver;
  const { searchParams } = new URL(request.url);
  const { timestamp, nonce, msg_signature: signature, encrypt_type: mode } = Object.fromEntries(searchParams);
  if (!callback.token || !timestamp || !nonce || !signature || mode !== 'aes') return badSignature();
  const body = await readBody(request);
  if (body === null) {
    return problemResponse({ status: 413, code: 'too_large', detail: 'WeChat sends nothing this large' });
  }
  const envelope = parseXml(decodeUtf8(body) ?? '');
  const encrypt = envelope.ok ? textOf(envelope.root, 'Encrypt') : null;
  if (!encrypt) return problemResponse({ status: 400, code: 'malformed', detail: 'no Encrypt element' });
  if (!(await isSigned({ token: callback.token, timestamp, nonce, encrypt }, signature)))
    return badSignature();

  const { appId, encodingAESKeys } = callback;
  const opened = await openMessage({ encrypt, encodingAESKeys: [...encodingAESKeys], appId });
  if (!opened.ok) return problemResponse({ status: 401, code: 'bad_signature', detail: opened.why });
  const message = parseXml(opened.message);
  if (!message.ok) return problemResponse({ status: 400, code: 'malformed', detail: message.why });

  const stored = await takeIn(receiver, wechatSourceId, [toRaw(message.root, opened.message)], clock());
  return stored === null ? notStored() : new Response('success');
}

/** WeChat sends the same body up to three times; these fields tell two of its messages apart (wechat.md §1.3). */
const tellingApart = [
  'FromUserName',
  'CreateTime',
  'MsgType',
  'MsgId',
  'Event',
  'EventKey',
  'MsgID',
  'UserCardCode',
  'TemplateId',
];

function toRaw(message: XmlElement, body: string): RawEvent {
  const text = (name: string): string => (childOf(message, name) ? (textOf(message, name) ?? '') : '');
  const kind = text('MsgType') === 'event' ? text('Event') : text('MsgType');
  const senderId = tellingApart.map(text).join('|').slice(0, 256);
  return { senderId, type: `wechat.${kind.toLowerCase() || 'unknown'}`.slice(0, 64), body };
}
