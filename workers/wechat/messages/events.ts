/** 事件推送: what happened that nobody wrote. The kinds about people's taps are here, the others in notices.ts. */
import { childOf, type XmlElement } from '../xml.ts';
import { readNotice } from './notices.ts';
import { countOf, lower, numberOf, placeOf, text, textOrNull } from './reading.ts';
import type { WechatContent } from './types.ts';

export function readEvent(root: XmlElement): WechatContent {
  const name = lower(root, 'Event');
  return readAct(root, name) ?? readNotice(root, name) ?? { kind: 'unknown', name: name || 'event' };
}

/** Null when it is no such event, or what it is about is missing. */
function readAct(root: XmlElement, name: string): WechatContent | null {
  const key = text(root, 'EventKey');
  const menuId = textOrNull(root, 'MenuId');
  switch (name) {
    case 'subscribe':
      return { kind: 'subscribe', scene: sceneOf(key), ticket: textOrNull(root, 'Ticket') };
    case 'unsubscribe':
      return { kind: 'unsubscribe' };
    case 'scan':
      // Without the prefix here; a scene that begins with it is somebody's own.
      return key === '' ? null : { kind: 'scan', scene: key, ticket: textOrNull(root, 'Ticket') };
    case 'location':
      return readReport(root);
    case 'click':
      return { kind: 'click', key };
    case 'view':
      return { kind: 'view', url: key, menuId };
    case 'view_miniprogram':
      return { kind: 'view-miniprogram', pagePath: key, menuId };
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const code = childOf(root, 'ScanCodeInfo');
      const [scanType, result] = [text(code, 'ScanType'), text(code, 'ScanResult')];
      return { kind: 'scancode', waits: name === 'scancode_waitmsg', key, scanType, result };
    }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin': {
      const count = countOf(childOf(root, 'SendPicsInfo'), 'Count');
      return { kind: 'pictures', key, source: pictureSources[name], count };
    }
    case 'location_select': {
      const info = childOf(root, 'SendLocationInfo');
      const place = placeOf(info);
      return place && { kind: 'location-select', key, poiName: text(info, 'Poiname'), ...place };
    }
    default:
      return null;
  }
}

const scenePrefix = 'qrscene_';

/** Other keys come with a follow too, `last_trade_no_…` after a payment; they are no scene of ours. */
const sceneOf = (key: string): string | null =>
  key.startsWith(scenePrefix) ? key.slice(scenePrefix.length) || null : null;

const pictureSources = {
  pic_sysphoto: 'camera',
  pic_photo_or_album: 'camera-or-album',
  pic_weixin: 'wechat-album',
} as const;

function readReport(root: XmlElement): WechatContent | null {
  const latitude = numberOf(root, 'Latitude');
  const longitude = numberOf(root, 'Longitude');
  if (latitude === null || longitude === null) return null;
  return { kind: 'location-report', latitude, longitude, precision: numberOf(root, 'Precision') ?? 0 };
}
