import { parseXml, XmlElement } from '@rgrove/parse-xml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMessage } from '../../workers/wechat/crypto.ts';
import { buildReply, replyTextBytesMax, sealReply, type PassiveReply } from '../../workers/wechat/replies.ts';
import { isSigned } from '../../workers/wechat/signature.ts';
import { childOf, textOf } from '../../workers/wechat/xml.ts';
import { rootOf } from './reading.ts';

const to = { openid: 'o1', originalId: 'gh_1', createdAt: 1_795_330_740_999 };
const head =
  '<xml><ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName><CreateTime>1795330740</CreateTime>';

test.each<[PassiveReply, string]>([
  [
    { kind: 'text', content: '您好' },
    '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content>',
  ],
  [
    { kind: 'image', mediaId: 'm' },
    '<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[m]]></MediaId></Image>',
  ],
  [
    { kind: 'voice', mediaId: 'm' },
    '<MsgType><![CDATA[voice]]></MsgType><Voice><MediaId><![CDATA[m]]></MediaId></Voice>',
  ],
  [
    { kind: 'video', mediaId: 'm', title: 't' },
    '<MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDATA[m]]></MediaId><Title><![CDATA[t]]></Title><Description><![CDATA[]]></Description></Video>',
  ],
  [
    { kind: 'music', musicUrl: 'https://m', thumbMediaId: 'th' },
    '<MsgType><![CDATA[music]]></MsgType><Music><Title><![CDATA[]]></Title><Description><![CDATA[]]></Description><MusicUrl><![CDATA[https://m]]></MusicUrl><HQMusicUrl><![CDATA[]]></HQMusicUrl><ThumbMediaId><![CDATA[th]]></ThumbMediaId></Music>',
  ],
  [
    { kind: 'news', article: { title: 't', description: 'd', pictureUrl: 'https://p', url: 'https://u' } },
    '<MsgType><![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item><Title><![CDATA[t]]></Title><Description><![CDATA[d]]></Description><PicUrl><![CDATA[https://p]]></PicUrl><Url><![CDATA[https://u]]></Url></item></Articles>',
  ],
  [
    { kind: 'transfer-to-customer-service', account: null },
    '<MsgType><![CDATA[transfer_customer_service]]></MsgType>',
  ],
  [
    { kind: 'transfer-to-customer-service', account: 'a@1' },
    '<MsgType><![CDATA[transfer_customer_service]]></MsgType><TransInfo><KfAccount><![CDATA[a@1]]></KfAccount></TransInfo>',
  ],
])('%j is written as WeChat reads it, with its time in seconds', (reply, inner) => {
  expect(buildReply(reply, to)).toBe(`${head}${inner}</xml>`);
});

describe('a text', () => {
  test('of 2,048 bytes is left alone, and one byte more loses its last whole character', () => {
    const contentOf = (content: string): string =>
      textOf(rootOf(buildReply({ kind: 'text', content }, to)), 'Content') ?? '';
    const full = `${'奶'.repeat(682)}ab`;
    expect(contentOf(full)).toBe(full);
    expect(contentOf(`${full}c`)).toBe(full);
    expect(contentOf(`${'奶'.repeat(682)}a😀`)).toBe(`${'奶'.repeat(682)}a`);
  });

  test('never grows over the limit, never ends in half a character, and is always the beginning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 600, maxLength: 1200 }), (content) => {
        const cut = textOf(rootOf(buildReply({ kind: 'text', content }, to)), 'Content') ?? '';
        expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(replyTextBytesMax);
        expect(content.startsWith(cut)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('that a member typed to break out stays a text', () => {
    const words = ']]></Content><MsgType><![CDATA[news]]></MsgType>';
    // As any reader of XML would, and not as we read what people typed.
    const { root } = parseXml(buildReply({ kind: 'text', content: words }, to));
    const told = root?.children.filter((child) => child instanceof XmlElement) ?? [];
    expect(told.map(({ name, text }) => [name, text])).toEqual([
      ['ToUserName', 'o1'],
      ['FromUserName', 'gh_1'],
      ['CreateTime', '1795330740'],
      ['MsgType', 'text'],
      ['Content', words],
    ]);
  });
});

test('a sealed reply opens under the key that opened the message, and under no other', async () => {
  const [former, current] = [
    'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  ];
  const seal = { token: 'T', appId: 'wx1', encodingAESKey: former, createdAt: to.createdAt, nonce: 'n' };
  const xml = buildReply({ kind: 'text', content: '您好' }, to);
  const root = rootOf(await sealReply(xml, seal));
  const encrypt = textOf(root, 'Encrypt') ?? '';
  const parts = { token: 'T', timestamp: '1795330740', nonce: 'n', encrypt };
  expect(childOf(root, 'TimeStamp')?.text).toBe('1795330740');
  expect(await isSigned(parts, textOf(root, 'MsgSignature') ?? '')).toBe(true);
  expect(await openMessage({ encrypt, encodingAESKeys: [former], appId: 'wx1' })).toMatchObject({
    ok: true,
    message: xml,
  });
  expect(await openMessage({ encrypt, encodingAESKeys: [current], appId: 'wx1' })).toMatchObject({
    ok: false,
  });
});
