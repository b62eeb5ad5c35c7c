/** 被动回复: what an answer to a callback says, when it is one that WeChat would pass on. */
import { childOf, readXml, textOf, type Node } from './xml.ts';
import { open, signatureOf, type Secrets } from './safe-mode.ts';

export type Reply = { readonly type: string; readonly text: string; readonly data: unknown };

/** `silence` is an answer that says nothing to the person; null is one that WeChat does not understand. */
export async function readReply(
  body: string,
  secrets: Secrets,
  parties: { from: string; to: string },
): Promise<Reply | 'silence' | null> {
  if (body === '' || body === 'success') return 'silence';
  const envelope = readXml(body);
  const [sealed, signature, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map(
    (name) => textOf(envelope, name),
  );
  if (!sealed || !signature || !nonce || !timestamp || !/^\d{10,13}$/.test(timestamp)) return null;
  if (signature !== (await signatureOf(secrets.token, timestamp, nonce, sealed))) return null;
  const message = readXml((await open(sealed, secrets)) ?? '');
  const isOurs =
    textOf(message, 'ToUserName') === parties.to &&
    textOf(message, 'FromUserName') === parties.from &&
    /^\d{10,13}$/.test(textOf(message, 'CreateTime'));
  return message !== null && isOurs ? contentOf(message) : null;
}

const textBytesMax = 2048;

/** The elements that must be there for each type (wechat.md §3). */
function contentOf(message: Node): Reply | 'silence' | null {
  const type = textOf(message, 'MsgType');
  switch (type) {
    case 'text': {
      const text = textOf(message, 'Content');
      const bytes = new TextEncoder().encode(text).length;
      return bytes > 0 && bytes <= textBytesMax ? { type, text, data: { content: text } } : null;
    }
    case 'image':
      return mediaOf(message, type, 'Image', '[图片]');
    case 'voice':
      return mediaOf(message, type, 'Voice', '[语音]');
    case 'video':
      return mediaOf(message, type, 'Video', '[视频]');
    case 'music': {
      const music = childOf(message, 'Music');
      const title = textOf(music, 'Title');
      return textOf(music, 'ThumbMediaId') ? { type, text: `[音乐] ${title}`, data: { title } } : null;
    }
    case 'news':
      return newsOf(message);
    case 'transfer_customer_service':
      return 'silence';
    default:
      return null;
  }
}

function mediaOf(message: Node, type: string, element: string, text: string): Reply | null {
  const mediaId = textOf(childOf(message, element), 'MediaId');
  return mediaId === '' ? null : { type, text, data: { mediaId } };
}

/** One article is all that is shown, and its count must be right. */
function newsOf(message: Node): Reply | null {
  const items = childOf(message, 'Articles')?.children ?? [];
  const [item] = items;
  if (textOf(message, 'ArticleCount') !== '1' || items.length !== 1 || item?.name !== 'item') return null;
  const [title = '', description = '', picUrl = '', url = ''] = ['Title', 'Description', 'PicUrl', 'Url'].map(
    (name) => textOf(item, name),
  );
  if (title === '' || !/^https?:\/\//.test(url)) return null;
  const text = [title, description].filter(Boolean).join('\n');
  return { type: 'news', text, data: { articles: [{ title, description, picUrl, url }] } };
}
