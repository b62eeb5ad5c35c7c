/**
 * 被动回复: what is answered at once, within the five seconds that WeChat waits.
 *
 * Source: developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html.
 */
import { sealMessage } from './crypto.ts';
import { sign } from './signature.ts';
import { buildXml, type XmlFields } from './xml.ts';

export type PassiveReply =
  /** At most 2,048 bytes, else WeChat tells the person that the account is out of order: what is over is cut. */
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'image'; readonly mediaId: string }
  | { readonly kind: 'voice'; readonly mediaId: string }
  | {
      readonly kind: 'video';
      readonly mediaId: string;
      readonly title?: string;
      readonly description?: string;
    }
  | {
      readonly kind: 'music';
      readonly title?: string;
      readonly description?: string;
      readonly musicUrl?: string;
      /** Played on Wi-Fi. */
      readonly hqMusicUrl?: string;
      readonly thumbMediaId: string;
    }
  /** One article: WeChat shows no more. */
  | {
      readonly kind: 'news';
      readonly article: {
        readonly title: string;
        readonly description: string;
        readonly pictureUrl: string;
        readonly url: string;
      };
    }
  /** To the desk of WeChat's own customer service; null leaves to it who takes the conversation. */
  | { readonly kind: 'transfer-to-customer-service'; readonly account: string | null };

export const replyTextBytesMax = 2048;

/** The plain XML. `createdAt` in milliseconds. What a member typed may stand in any text: it stays text. */
export function buildReply(
  reply: PassiveReply,
  to: { readonly openid: string; readonly originalId: string; readonly createdAt: number },
): string {
  return buildXml({
    xml: {
      ToUserName: to.openid,
      FromUserName: to.originalId,
      CreateTime: Math.floor(to.createdAt / 1000),
      ...contentOf(reply),
    },
  });
}

function contentOf(reply: PassiveReply): XmlFields {
  switch (reply.kind) {
    case 'text':
      return { MsgType: 'text', Content: cutToBytes(reply.content, replyTextBytesMax) };
    case 'image':
      return { MsgType: 'image', Image: { MediaId: reply.mediaId } };
    case 'voice':
      return { MsgType: 'voice', Voice: { MediaId: reply.mediaId } };
    case 'video': {
      const { mediaId, title = '', description = '' } = reply;
      return { MsgType: 'video', Video: { MediaId: mediaId, Title: title, Description: description } };
    }
    case 'music':
      return {
        MsgType: 'music',
        Music: {
          Title: reply.title ?? '',
          Description: reply.description ?? '',
          MusicUrl: reply.musicUrl ?? '',
          HQMusicUrl: reply.hqMusicUrl ?? '',
          ThumbMediaId: reply.thumbMediaId,
        },
      };
    case 'news': {
      const { title, description, pictureUrl, url } = reply.article;
      const item = { Title: title, Description: description, PicUrl: pictureUrl, Url: url };
      return { MsgType: 'news', ArticleCount: 1, Articles: { item } };
    }
    case 'transfer-to-customer-service':
      return {
        MsgType: 'transfer_customer_service',
        ...(reply.account === null ? {} : { TransInfo: { KfAccount: reply.account } }),
      };
    default:
      return reply satisfies never;
  }
}

/** By code point: half an emoji would break the whole answer. */
export function cutToBytes(text: string, bytesMax: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= bytesMax) return text;
  // A decoder that streams keeps an unfinished character back.
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  return decoder.decode(bytes.subarray(0, bytesMax), { stream: true });
}

/**
 * The envelope in which safe mode wants the XML of `buildReply`; `success` and an empty body go as they are.
 * `encodingAESKey` is the one that opened the message (`openMessage`), the former while it is being changed.
 * `nonce` may be the callback's own.
 */
export async function sealReply(
  xml: string,
  seal: {
    readonly token: string;
    readonly appId: string;
    readonly encodingAESKey: string;
    /** Milliseconds. */
    readonly createdAt: number;
    readonly nonce: string;
  },
  random?: () => Uint8Array,
): Promise<string> {
  const { token, appId, encodingAESKey, createdAt, nonce } = seal;
  const timestamp = Math.floor(createdAt / 1000);
  const encrypt = await sealMessage({ message: xml, encodingAESKey, appId }, random);
  const signature = await sign({ token, timestamp: String(timestamp), nonce, encrypt });
  return buildXml({
    xml: { Encrypt: encrypt, MsgSignature: signature, TimeStamp: timestamp, Nonce: nonce },
  });
}
