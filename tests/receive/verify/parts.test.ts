/** The pieces that the schemes share: secrets, bytes, bodies, and the texts that are signed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64Bytes,
  hexBytes,
  isEqual,
  toBase64,
  toHex,
} from '../../../workers/receive/verify/kernel/bytes.ts';
import {
  decodeAnyChinese,
  readForm,
  readJsonFields,
  readJsonText,
} from '../../../workers/receive/verify/kernel/content.ts';
import { digest, hashes } from '../../../workers/receive/verify/kernel/digest.ts';
import { joinPairs, signedPairs } from '../../../workers/receive/verify/kv/kv-text.ts';
import { parseSecret } from '../../../workers/receive/verify/kernel/secrets.ts';
import { hash, utf8 } from './requests.ts';

test('a stored secret is a JSON object of strings, or the secret itself', () => {
  expect(parseSecret('{"client_id":"a","client_secret":"b"}')).toEqual({
    client_id: 'a',
    client_secret: 'b',
  });
  for (const plain of ['top-secret', '{', '{}', '{"a":1}', '{"a":null}', '[]'])
    expect(parseSecret(plain)).toBe(plain);
});

describe('bytes', () => {
  test('hex is whole, and the same in small letters and in capitals', () => {
    for (const text of ['00ff', '00FF', '00fF']) expect(hexBytes(text)).toEqual(new Uint8Array([0, 255]));
    for (const text of ['', '0', '0g', '00F', ' 00', '00\n', '0x00']) expect(hexBytes(text)).toBeNull();
  });

  test('base64 has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
        expect(base64Bytes(toBase64(bytes))).toEqual(bytes);
        expect(hexBytes(toHex(bytes))).toEqual(bytes);
      }),
    );
    for (const text of ['', 'QQ', 'QR==', 'QQ==\n', 'Q Q==', 'QQ=', '-_=='])
      expect(base64Bytes(text)).toBeNull();
  });

  test('two of one length are compared to the end', () => {
    expect(isEqual(utf8('abc'), utf8('abc'))).toBe(true);
    expect(isEqual(utf8('abc'), utf8('abd')) || isEqual(utf8('abc'), utf8('ab'))).toBe(false);
  });

  test('every digest is the platform-independent one', async () => {
    for (const name of hashes) expect(toHex(await digest(name, ['牛', utf8('奶')]))).toBe(hash(name, '牛奶'));
  });
});

describe('bodies', () => {
  test('numbers keep their digits', () => {
    const body = utf8('{"userId":411391574328270001,"price":1.10,"ok":true,"none":null,"in":{"a":1}}');
    expect(Object.fromEntries(readJsonFields(body) ?? [])).toEqual({
      userId: '411391574328270001',
      price: '1.10',
      ok: 'true',
      none: null,
      in: null,
    });
  });

  test.each(['{"":1}', '{"a":{"" :1}}', '{"a":1,"":2}', '[1]', '', ' ', 'null', '{"a":1}}', '{"a":1,"a":2}'])(
    'the JSON %j is refused',
    (text) => expect(readJsonText(utf8(text))).toBeNull(),
  );

  test.each(['{}', ' {"a":""}', '{"a":"{\\"\\":1}"}', '{"a":["",""],"b":{"c":",\\"\\":"}}'])(
    'the JSON %j is read',
    (text) => expect(readJsonText(utf8(text))).toBe(text),
  );

  test.each(['a=1&a=2', '=1', 'a', 'a=1&', 'a=%zz', 'a=%ff', ''])('the form %j is refused', (text) => {
    expect(readForm(utf8(text))).toBeNull();
  });

  test('a form of 257 pairs is refused', () => {
    const pairs = Array.from({ length: 257 }, (_, index) => `k${index}=1`);
    expect(readForm(utf8(pairs.join('&')))).toBeNull();
    expect(readForm(utf8(pairs.slice(1).join('&')))?.size).toBe(256);
  });

  test('GBK is read as GBK, and bytes that are neither as nothing', () => {
    expect(decodeAnyChinese(new Uint8Array([0xc4, 0xcf, 0xbe, 0xa9]))).toBe('南京');
    expect(decodeAnyChinese(utf8('南京'))).toBe('南京');
    expect(decodeAnyChinese(new Uint8Array([0xff, 0xff]))).toBeNull();
  });
});

describe('the text that is signed', () => {
  const style = { pair: 'k=v', join: '&', skipEmpty: false, valueEncoding: 'none' } as const;
  const fields = new Map([
    ['c', 'c c'],
    ['a', '12'],
    ['b', '中文'],
    ['e', ''],
    ['B', '~*'],
  ]);
  test.each([
    [style, 'B=~*&a=12&b=中文&c=c c&e='],
    [{ ...style, skipEmpty: true, valueEncoding: 'form' }, 'B=~%2A&a=12&b=%E4%B8%AD%E6%96%87&c=c+c'],
    [{ ...style, valueEncoding: 'rfc3986', pair: 'kv', join: '' }, 'B~%2Aa12b%E4%B8%AD%E6%96%87cc%20ce'],
  ] as const)('%j', (manner, text) => expect(joinPairs(signedPairs(fields, manner), manner)).toBe(text));
});
