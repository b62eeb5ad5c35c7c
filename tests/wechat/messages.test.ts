import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../../workers/wechat/messages.ts';
import type { XmlElement } from '../../workers/wechat/xml.ts';
import { contentOf, eventOf, read, xmlOf } from './reading.ts';

const typed = (type: string, inner: string): object =>
  contentOf(xmlOf(`<MsgType><![CDATA[${type}]]></MsgType>${inner}<MsgId>4561255354251345929</MsgId>`));
const msgId = '4561255354251345929';

test('a message says who wrote to whom, and when, in milliseconds', () => {
  const message = read(xmlOf('<MsgType>text</MsgType><Content><![CDATA[ 抽奖 ]]></Content><MsgId>7</MsgId>'));
  expect(message).toEqual({
    originalId: 'gh_1',
    openid: 'o1',
    createdAt: 1_795_330_740_000,
    dedupeKey: 'gh_1|o1|1795330740|text|7',
    kind: 'text',
    msgId: '7',
    content: ' 抽奖 ',
    menuMessageId: null,
  });
});

describe('a person sends', () => {
  test.each<[string, string, object]>([
    [
      'text',
      '<Content>满意</Content><bizmsgmenuid>101</bizmsgmenuid>',
      { kind: 'text', msgId, content: '满意', menuMessageId: '101' },
    ],
    [
      'image',
      '<PicUrl><![CDATA[http://mmbiz.qpic.cn/1?a=1&b=2]]></PicUrl><MediaId>m1</MediaId>',
      { kind: 'image', msgId, pictureUrl: 'http://mmbiz.qpic.cn/1?a=1&b=2', mediaId: 'm1' },
    ],
    [
      'voice',
      '<MediaId>m1</MediaId><Format>amr</Format><Recognition><![CDATA[你好]]></Recognition>',
      { kind: 'voice', msgId, mediaId: 'm1', format: 'amr', recognition: '你好' },
    ],
    [
      'voice',
      '<MediaId>m1</MediaId><Format>amr</Format><Recognition><![CDATA[]]></Recognition>',
      { kind: 'voice', msgId, mediaId: 'm1', format: 'amr', recognition: null },
    ],
    [
      'video',
      '<MediaId>m1</MediaId><ThumbMediaId>t1</ThumbMediaId>',
      { kind: 'video', msgId, mediaId: 'm1', thumbMediaId: 't1' },
    ],
    [
      'shortvideo',
      '<MediaId>m1</MediaId><ThumbMediaId>t1</ThumbMediaId>',
      { kind: 'shortvideo', msgId, mediaId: 'm1', thumbMediaId: 't1' },
    ],
    [
      'location',
      '<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale><Label>天河路</Label>',
      { kind: 'location', msgId, latitude: 23.134521, longitude: 113.358803, scale: 20, label: '天河路' },
    ],
    [
      'link',
      '<Title>T</Title><Description>D</Description><Url><![CDATA[https://x/?a&b]]></Url>',
      { kind: 'link', msgId, title: 'T', description: 'D', url: 'https://x/?a&b' },
    ],
    [
      'miniprogrampage',
      '<Title>T</Title><AppId>wx1</AppId><PagePath>p</PagePath><ThumbUrl>u</ThumbUrl><ThumbMediaId>t</ThumbMediaId>',
      {
        kind: 'miniprogram-card',
        msgId,
        title: 'T',
        appId: 'wx1',
        pagePath: 'p',
        thumbUrl: 'u',
        thumbMediaId: 't',
      },
    ],
  ])('%s', (type, inner, expected) => expect(typed(type, inner)).toEqual(expected));

  test('a type that is written in capitals, and it is the same', () => {
    expect(typed('TEXT', '<Content>x</Content>')).toMatchObject({ kind: 'text', content: 'x' });
  });

  test('a place without a latitude, or something new, and it is kept as unknown', () => {
    expect(typed('location', '<Location_Y>113</Location_Y>')).toEqual({ kind: 'unknown', name: 'location' });
    expect(typed('hologram', '')).toEqual({ kind: 'unknown', name: 'hologram' });
    expect(contentOf('<xml></xml>')).toEqual({ kind: 'unknown', name: '' });
  });
});

describe('a person follows, scans, taps', () => {
  test.each<[string, string, object]>([
    [
      'subscribe',
      '<EventKey><![CDATA[qrscene_g7]]></EventKey><Ticket>T</Ticket>',
      { kind: 'subscribe', scene: 'g7', ticket: 'T' },
    ],
    ['subscribe', '<EventKey></EventKey>', { kind: 'subscribe', scene: null, ticket: null }],
    ['subscribe', '', { kind: 'subscribe', scene: null, ticket: null }],
    [
      'subscribe',
      '<EventKey>last_trade_no_4003</EventKey>',
      { kind: 'subscribe', scene: null, ticket: null },
    ],
    [
      'subscribe',
      '<EventKey>qrscene_qrscene_1</EventKey>',
      { kind: 'subscribe', scene: 'qrscene_1', ticket: null },
    ],
    ['unsubscribe', '<EventKey/>', { kind: 'unsubscribe' }],
    ['SCAN', '<EventKey>g8</EventKey><Ticket>T</Ticket>', { kind: 'scan', scene: 'g8', ticket: 'T' }],
    ['scan', '<EventKey>qrscene_1</EventKey>', { kind: 'scan', scene: 'qrscene_1', ticket: null }],
    ['SCAN', '', { kind: 'unknown', name: 'scan' }],
    [
      'LOCATION',
      '<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385040</Precision>',
      { kind: 'location-report', latitude: 23.137466, longitude: 113.352425, precision: 119.38504 },
    ],
    ['CLICK', '<EventKey>points</EventKey>', { kind: 'click', key: 'points' }],
    [
      'VIEW',
      '<EventKey><![CDATA[https://x/?a&b]]></EventKey><MenuId>4</MenuId>',
      { kind: 'view', url: 'https://x/?a&b', menuId: '4' },
    ],
    [
      'view_miniprogram',
      '<EventKey>pages/index</EventKey>',
      { kind: 'view-miniprogram', pagePath: 'pages/index', menuId: null },
    ],
    [
      'scancode_push',
      '<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>1</ScanResult></ScanCodeInfo>',
      { kind: 'scancode', waits: false, key: 'k', scanType: 'qrcode', result: '1' },
    ],
    [
      'scancode_waitmsg',
      '<EventKey>k</EventKey><ScanCodeInfo><ScanType>barcode</ScanType><ScanResult>CODE_128,690</ScanResult></ScanCodeInfo>',
      { kind: 'scancode', waits: true, key: 'k', scanType: 'barcode', result: 'CODE_128,690' },
    ],
    [
      'pic_sysphoto',
      '<EventKey>k</EventKey><SendPicsInfo><Count>2</Count><PicList><item><PicMd5Sum>a</PicMd5Sum></item></PicList></SendPicsInfo>',
      { kind: 'pictures', key: 'k', source: 'camera', count: 2 },
    ],
    ['pic_photo_or_album', '', { kind: 'pictures', key: '', source: 'camera-or-album', count: 0 }],
    ['pic_weixin', '', { kind: 'pictures', key: '', source: 'wechat-album', count: 0 }],
    [
      'location_select',
      '<EventKey>k</EventKey><SendLocationInfo><Location_X>23</Location_X><Location_Y>113</Location_Y><Scale>15</Scale><Label>L</Label><Poiname>P</Poiname></SendLocationInfo>',
      {
        kind: 'location-select',
        key: 'k',
        latitude: 23,
        longitude: 113,
        scale: 15,
        label: 'L',
        poiName: 'P',
      },
    ],
    ['debug_demo', '', { kind: 'unknown', name: 'debug_demo' }],
    ['', '', { kind: 'unknown', name: 'event' }],
  ])('%s %#', (name, inner, expected) => expect(eventOf(name, inner)).toEqual(expected));
});

test('whatever the tree is, reading it answers, with a value in every field', () => {
  const names = [
    'MsgType',
    'Event',
    'EventKey',
    'CreateTime',
    'List',
    'SubscribeMsgPopupEvent',
    'OpenID',
    'x',
  ];
  const words = [
    'event',
    'text',
    'location',
    'SCAN',
    'subscribe',
    'pic_weixin',
    'user_info_modified',
    '-1',
    '1e9',
  ];
  const node = (children: fc.Arbitrary<XmlElement[]>): fc.Arbitrary<XmlElement> =>
    fc.record({
      name: fc.constantFrom(...names, '__proto__', 'constructor'),
      text: fc.oneof(fc.constantFrom(...words), fc.string()),
      children,
    });
  const leaf = node(fc.constant([]));
  const branch = node(fc.array(leaf, { maxLength: 4 }));
  const tree = node(fc.array(fc.oneof(leaf, branch), { maxLength: 8 }));
  fc.assert(
    fc.property(tree, (root) => {
      const message = readMessage(root);
      expect(Object.values(message).filter((value) => Number.isNaN(value) || value === undefined)).toEqual(
        [],
      );
      expect(message.dedupeKey.length).toBeLessThanOrEqual(256);
    }),
  );
});
