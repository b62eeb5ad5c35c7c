/** 普通消息: what a person wrote or sent; events go to events.ts. */
import type { XmlElement } from '../xml.ts';
import { readEvent } from './events.ts';
import { lower, placeOf, text, textOrNull, verbatim } from './reading.ts';
import type { WechatContent } from './types.ts';

export function readContent(root: XmlElement): WechatContent {
  const type = lower(root, 'MsgType');
  return type === 'event' ? readEvent(root) : (readOrdinary(root, type) ?? { kind: 'unknown', name: type });
}

/** Null when the type is not known, or what it is about is missing. */
function readOrdinary(root: XmlElement, type: string): WechatContent | null {
  const of = (name: string): string => text(root, name);
  const msgId = of('MsgId');
  switch (type) {
    case 'text': {
      const menuMessageId = textOrNull(root, 'bizmsgmenuid');
      return { kind: 'text', msgId, content: verbatim(root, 'Content'), menuMessageId };
    }
    case 'image':
      return { kind: 'image', msgId, pictureUrl: of('PicUrl'), mediaId: of('MediaId') };
    case 'voice': {
      const recognition = textOrNull(root, 'Recognition');
      return { kind: 'voice', msgId, mediaId: of('MediaId'), format: of('Format'), recognition };
    }
    case 'video':
    case 'shortvideo':
      return { kind: type, msgId, mediaId: of('MediaId'), thumbMediaId: of('ThumbMediaId') };
    case 'location': {
      const place = placeOf(root);
      return place && { kind: 'location', msgId, ...place };
    }
    case 'link':
      return { kind: 'link', msgId, title: of('Title'), description: of('Description'), url: of('Url') };
    case 'miniprogrampage':
      return {
        kind: 'miniprogram-card',
        msgId,
        title: of('Title'),
        appId: of('AppId'),
        pagePath: of('PagePath'),
        thumbUrl: of('ThumbUrl'),
        thumbMediaId: of('ThumbMediaId'),
      };
    default:
      return null;
  }
}
