/** 互通: what Tencent's own package and an older one seal we open, what we seal they open, at every length of padding. */
import * as wecom from '@wecom/crypto';
import WXBizMsgCrypt from 'wechat-crypto';
import { describe, expect, test } from 'vitest';
import { openMessage, sealMessage } from '../../workers/wechat/crypto.ts';
import { signJssdk } from '../../workers/wechat/jssdk.ts';
import { buildReply, sealReply } from '../../workers/wechat/replies.ts';
import { isSigned, sign } from '../../workers/wechat/signature.ts';
import { parseXml, textOf } from '../../workers/wechat/xml.ts';
import { sealed } from './vectors.ts';

const token = 'QDG6eK';
const appId = 'wxb11529c136998cb6';
/** Not canonical base64, like three of four keys. */
const encodingAESKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const older = new WXBizMsgCrypt(token, encodingAESKey, appId);

const packages = [
  {
    name: '@wecom/crypto 1.0.1',
    seal: (message: string) => wecom.encrypt(encodingAESKey, message, appId),
    open: (encrypt: string): { message: string; id: string } => wecom.decrypt(encodingAESKey, encrypt),
    sign: (timestamp: string, nonce: string, encrypt: string) =>
      wecom.getSignature(token, timestamp, nonce, encrypt),
  },
  {
    name: 'wechat-crypto 0.0.2',
    seal: (message: string) => older.encrypt(message),
    open: (encrypt: string): { message: string; id: string } => older.decrypt(encrypt),
    sign: (timestamp: string, nonce: string, encrypt: string) =>
      older.getSignature(timestamp, nonce, encrypt),
  },
];

const words = [
  ...Array.from({ length: 71 }, (_, length) => ['x'.repeat(length), `${length} bytes`] as const),
  ['奶'.repeat(23_334), 'a message of 70,002 bytes'],
  ['<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>', 'a CDATA section that was split'],
  ['😀🍼👨‍👩‍👧', 'emoji of several code points'],
  ['\uFEFF{"a":"\u0000"}\r\n', 'a byte order mark, a NUL and a line end'],
] as const;

describe.each(packages)('$name', ({ seal, open, sign: signOf }) => {
  test.each(words)('opens what we sealed, and we what it sealed: $1', async (message) => {
    const ours = await sealMessage({ message, encodingAESKey, appId });
    expect(open(ours)).toMatchObject({ message, id: appId });
    const opened = await openMessage({ encrypt: seal(message), encodingAESKeys: [encodingAESKey], appId });
    expect(opened).toEqual({ ok: true, message, encodingAESKey });
  });

  test.each([
    ['1409304348', 'xxxxxx'],
    ['1714037059', '486452656'],
    ['5', 'VHh7ymSeb0jc4lSb'],
    ['1714037059', ''],
  ])('signs as we do at %s with the nonce "%s"', async (timestamp, nonce) => {
    const encrypt = seal('hello');
    expect(signOf(timestamp, nonce, encrypt)).toBe(await sign({ token, timestamp, nonce, encrypt }));
  });

  test('reads a whole reply: signature, sender and an article that tries to break out', async () => {
    const reply = {
      kind: 'news',
      article: { title: ']]></Title><x/>', description: '😀', pictureUrl: 'https://a', url: 'https://b' },
    } as const;
    const xml = buildReply(reply, { openid: 'o1', originalId: 'gh_1', createdAt: 1_795_330_740_999 });
    const seal = { token, appId, encodingAESKey, createdAt: 1_795_330_740_999, nonce: 'n' };
    const envelope = parseXml(await sealReply(xml, seal));
    if (!envelope.ok) throw new Error(envelope.why);
    const of = (name: string): string => textOf(envelope.root, name) ?? '';
    expect(envelope.root.children.map(({ name }) => name)).toEqual([
      'Encrypt',
      'MsgSignature',
      'TimeStamp',
      'Nonce',
    ]);
    expect(of('TimeStamp')).toBe('1795330740');
    expect(signOf(of('TimeStamp'), of('Nonce'), of('Encrypt'))).toBe(of('MsgSignature'));
    expect(open(of('Encrypt'))).toMatchObject({ message: xml, id: appId });
  });
});

test('with the same random bytes Tencent’s package makes the very ciphertext that we make', async () => {
  for (const { encodingAESKey: key, appId: id, plaintext, random16 } of sealed) {
    const bytes = Buffer.from(random16 ?? 'abcdefghijklmnop');
    const ours = await sealMessage({ message: plaintext, encodingAESKey: key, appId: id }, () => bytes);
    expect(wecom.encrypt(key, plaintext, id, bytes)).toBe(ours);
  }
});

test('Tencent’s package signs a page for the JS-SDK as we do', async () => {
  const request = {
    ticket: 'sM4AOVdWfPE4Dx',
    url: 'https://shop.example/coupons?id=1',
    timestamp: '1414587457',
  };
  const theirs = wecom.getJsApiSignature({ ...request, nonceStr: 'Wm3WZYTPz0wzccnW' });
  expect(await signJssdk({ ...request, nonce: 'Wm3WZYTPz0wzccnW' })).toBe(theirs.signature);
});

test('a message that the older package would take for another account’s is not taken here', async () => {
  const foreign = new WXBizMsgCrypt(token, encodingAESKey, 'wx0000000000000000').encrypt('hello');
  expect(older.decrypt(foreign).message).toBe('hello');
  expect(await openMessage({ encrypt: foreign, encodingAESKeys: [encodingAESKey], appId })).toEqual({
    ok: false,
    why: 'foreign-app',
  });
  expect(
    await isSigned(
      { token, timestamp: '1', nonce: '2', encrypt: foreign },
      older.getSignature('1', '2', foreign),
    ),
  ).toBe(true);
});
