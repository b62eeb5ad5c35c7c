/** 会员的原话: whatever somebody types reaches the shop as they typed it, sealed and signed by Tencent’s own package. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../../../workers/wechat/messages.ts';
import { parseXml } from '../../../workers/wechat/xml.ts';
import { openAccount } from '../../support/account.ts';
import { inboxRows, openShop } from '../../support/shop.ts';

const typed = [
  '<msg><t><![CDATA[hello]]></t></msg>',
  'if (a[b[0]]>1 && c<2)',
  'x[y[0]]>1',
  'a]]><3',
  ']]>',
  ']]></Content></xml><xml>',
  ']]></Content><FromUserName><![CDATA[oThief]]></FromUserName><Content><![CDATA[',
  ']]></FromUserName><FromUserName><![CDATA[oThief',
  '<!DOCTYPE html><!-- -->',
];

test.each(typed)('%s is taken, and stored as it was typed', async (words) => {
  const shop = await openShop();
  const account = openAccount(shop);
  const { status } = await account.push('oMa', { MsgType: 'text', Content: words, MsgId: '1' });
  expect(status).toBe(200);
  expect(shop.db.all('SELECT thread, text FROM contacts')).toEqual([{ thread: 'oMa', text: words }]);
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done']);
});

const pushed = (fields: string): ReturnType<typeof readMessage> => {
  const parsed = parseXml(
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oMa]]></FromUserName>${fields}</xml>`,
  );
  if (!parsed.ok) throw new Error(parsed.why);
  return readMessage(parsed.root);
};

describe('and nothing that somebody types becomes a field of the message', () => {
  test('whatever it is', () => {
    const piece = fc.constantFrom(
      ']]>',
      '<![CDATA[',
      '</Content>',
      '<Content>',
      '</xml>',
      '<MsgId>1</MsgId>',
      '&',
      '<',
      'a',
      '奶',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const words = pieces.join('');
        const message = pushed(
          `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words}]]></Content><MsgId>77</MsgId>`,
        );
        expect(message).toMatchObject({ openid: 'oMa', kind: 'text', content: words, msgId: '77' });
      }),
    );
  });

  const end = 'x]]>y';
  test.each([
    [
      'what a voice was understood as',
      `<MsgType>voice</MsgType><Recognition><![CDATA[${end}]]></Recognition>`,
      { recognition: end },
    ],
    [
      'what a link is called and says',
      `<MsgType>link</MsgType><Title><![CDATA[${end}]]></Title><Description><![CDATA[${end}]]></Description><Url><![CDATA[${end}]]></Url>`,
      { title: end, description: end, url: end },
    ],
    [
      'what a place is called',
      `<MsgType>location</MsgType><Location_X>1</Location_X><Location_Y>2</Location_Y><Label><![CDATA[${end}]]></Label>`,
      { label: end },
    ],
    [
      'what a scanned code says',
      `<MsgType>event</MsgType><Event>scancode_push</Event><ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult><![CDATA[${end}]]></ScanResult></ScanCodeInfo>`,
      { result: end },
    ],
  ])('nor %s', (_, fields, read) => {
    expect(pushed(fields)).toMatchObject({ openid: 'oMa', ...read });
  });
});
