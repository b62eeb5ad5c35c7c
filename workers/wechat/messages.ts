/** 读微信消息: what a pushed message or event says, whichever of WeChat's spellings it came in. */
import { parseJson } from './json.ts';
import { dedupeKeyOf } from './messages/dedupe.ts';
import { readContent } from './messages/content.ts';
import { momentOf, text } from './messages/reading.ts';
import type { WechatMessage } from './messages/types.ts';
import type { XmlElement } from './xml.ts';

export type { WechatMessage } from './messages/types.ts';

/** Never fails: what it does not know is `unknown`. `root` is the opened message, not its envelope. */
export function readMessage(root: XmlElement): WechatMessage {
  const envelope = {
    originalId: text(root, 'ToUserName'),
    openid: text(root, 'FromUserName'),
    createdAt: momentOf(root, 'CreateTime'),
    dedupeKey: dedupeKeyOf(root),
  };
  return { ...envelope, ...readContent(root) };
}

/** The same of a push in JSON; null when it is not a JSON object. */
export function readMessageJson(source: string): WechatMessage | null {
  const parsed = parseJson(source);
  return parsed.ok ? readMessage(parsed.root) : null;
}
