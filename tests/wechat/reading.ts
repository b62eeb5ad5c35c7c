/** Messages as WeChat writes them, for the tests of this folder. */
import { readMessage, type WechatMessage } from '../../workers/wechat/messages.ts';
import { parseXml, type XmlElement } from '../../workers/wechat/xml.ts';

export function rootOf(source: string): XmlElement {
  const parsed = parseXml(source);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.root;
}

/** A message of o1 to gh_1 with this inside. */
export const xmlOf = (inner: string): string =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName>
<CreateTime>1795330740</CreateTime>${inner}</xml>`;

export const eventXml = (name: string, inner = ''): string =>
  xmlOf(`<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${inner}`);

export const read = (source: string): WechatMessage => readMessage(rootOf(source));

/** What is left of a message without its envelope. */
export function contentOf(source: string): object {
  const { originalId, openid, createdAt, dedupeKey, ...content } = read(source);
  void [originalId, openid, createdAt, dedupeKey];
  return content;
}

export const eventOf = (name: string, inner = ''): object => contentOf(eventXml(name, inner));
