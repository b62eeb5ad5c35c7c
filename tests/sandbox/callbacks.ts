/** Callbacks as Huike must read them, and replies as it must write them, with Huike's own protocol code. */
import { expect } from 'vitest';
import { openMessage, sealMessage } from '../../workers/wechat/crypto.ts';
import { isSigned, sign } from '../../workers/wechat/signature.ts';
import { parseXml, textOf, type XmlElement } from '../../workers/wechat/xml.ts';
import { settings, type Sandbox } from './support.ts';

export function read(source: string): XmlElement {
  const parsed = parseXml(source);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.root;
}

type SentRequest = Awaited<ReturnType<Sandbox['asked']>>[number];
type Keys = { token: string; encodingAESKey: string; appId: string };

const account: Keys = {
  token: settings.WECHAT_TOKEN,
  encodingAESKey: settings.WECHAT_ENCODING_AES_KEY,
  appId: settings.WECHAT_APP_ID,
};
const corp: Keys = {
  token: settings.WECOM_TOKEN,
  encodingAESKey: settings.WECOM_ENCODING_AES_KEY,
  appId: settings.WECOM_CORP_ID,
};

/** Verified, opened and parsed: the message of one request. */
export async function opened(asked: SentRequest | undefined, keys: Keys = account) {
  const url = new URL(asked?.url ?? '');
  const query = Object.fromEntries(url.searchParams);
  const encrypt = textOf(read(asked?.body ?? ''), 'Encrypt') ?? '';
  const parts = { token: keys.token, timestamp: query['timestamp'] ?? '', nonce: query['nonce'] ?? '' };
  expect(await isSigned({ ...parts, encrypt }, query['msg_signature'] ?? '')).toBe(true);
  if (keys === account) expect(await isSigned(parts, query['signature'] ?? '')).toBe(true);
  const message = await openMessage({ encrypt, encodingAESKeys: [keys.encodingAESKey], appId: keys.appId });
  if (!message.ok) throw new Error(message.why);
  const root = read(message.message);
  return {
    path: `${asked?.method} ${url.pathname}`,
    query,
    root,
    fields: Object.fromEntries(root.children.map(({ name, text }) => [name, text])),
  };
}

/** Every callback since the last time, in the order in which they came. */
export async function callbacks(sandbox: Sandbox, path = '/hooks/wechat') {
  const asked = (await sandbox.asked()).filter(({ url }) => url.includes(path));
  return Promise.all(asked.map((one) => opened(one, path === '/hooks/wechat' ? account : corp)));
}

/** A passive reply, sealed and signed; `message` is what stands inside `<xml>` beside the three that all have. */
export async function sealedReply(
  to: string,
  message: string,
  { appId, from = settings.WECHAT_ORIGINAL_ID }: { appId?: string; from?: string } = {},
): Promise<string> {
  const head = `<ToUserName>${to}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1700000000</CreateTime>`;
  const encrypt = await sealMessage({
    message: `<xml>${head}${message}</xml>`,
    encodingAESKey: account.encodingAESKey,
    appId: appId ?? account.appId,
  });
  const signature = await sign({ token: account.token, timestamp: '1700000000', nonce: '42', encrypt });
  return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[42]]></Nonce></xml>`;
}
