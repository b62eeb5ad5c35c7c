/** The pieces that the schemes share: addresses, tokens, secrets, bytes, and the texts that are signed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNetwork, isOnList, readAddress } from '../../../workers/receive/verify/address-list.ts';
import { base64Bytes, hexBytes, isEqual, toBase64, toHex } from '../../../workers/receive/verify/bytes.ts';
import { decodeAnyChinese, readForm, readJsonObject } from '../../../workers/receive/verify/content.ts';
import { digest, hashes } from '../../../workers/receive/verify/digest.ts';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { joinPairs, signedPairs } from '../../../workers/receive/verify/kv-text.ts';
import { parseSecret } from '../../../workers/receive/verify/secrets.ts';
import { tokenHash } from '../../../workers/receive/verify/token.ts';
import { hash, now, request, sale, urlTokenText, utf8 } from './samples.ts';

describe('the list of addresses that may send', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.0/24', true],
    ['203.0.114.7', '203.0.113.0/24', false],
    ['203.0.113.7', '0.0.0.0/0', true],
    ['::ffff:203.0.113.7', '203.0.113.0/24', true],
    ['203.0.113.7', '::/0', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['', '0.0.0.0/0', false],
    ['203.0.113.07', '203.0.113.0/24', false],
    ['203.0.113', '203.0.113.0/24', false],
    ['1:2:3:4:5:6:7:8:9', '::/0', false],
    ['1::2::3', '::/0', false],
    ['203.0.113.7', '203.0.113.0/33', false],
  ])('%s on %s: %s', (address, network, isOn) => expect(isOnList(address, [network])).toBe(isOn));

  test('every address can be read back, and is on the network of its own length', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(readAddress(address)).not.toBeNull();
        expect(isNetwork(address) && isOnList(address, [address])).toBe(true);
      }),
    );
  });

  test('stands before every scheme', async () => {
    const token = { secret: await tokenHash(urlTokenText), given: { body: sale, token: urlTokenText } };
    const from = (address: string | null, addresses: readonly string[]) =>
      verifyRequest({ scheme: 'url-token', addresses }, { ...request(token.given), address }, [token.secret], now);
    expect(await from('203.0.113.7', ['203.0.113.0/24'])).toEqual({ ok: true, trust: 'token' });
    expect(await from('198.51.100.1', ['203.0.113.0/24'])).toEqual({ ok: false, reason: 'address' });
    expect(await from(null, ['203.0.113.0/24'])).toEqual({ ok: false, reason: 'address' });
    expect(await from('203.0.113.7', [])).toEqual({ ok: false, reason: 'address' });
    expect(await from('203.0.113.7', ['203.0.113.0/24', 'anyone'])).toEqual({ ok: false, reason: 'bad-params' });
  });
});

describe('an address that is the secret', () => {
  const at = async (token: string, secret?: string) =>
    verifyRequest({ scheme: 'url-token' }, request({ body: sale, token }), [secret ?? (await tokenHash(urlTokenText))], now);
  test.each([
    [urlTokenText.slice(0, 21), 'malformed'],
    [`${urlTokenText.slice(0, 21)}x`, 'mismatch'],
    [`${urlTokenText}/`, 'malformed'],
    ['', 'missing'],
  ])('%s is refused', async (token, reason) => expect(await at(token)).toEqual({ ok: false, reason }));

  test('kept in the clear it opens nothing', async () => {
    expect(await at(urlTokenText, urlTokenText)).toEqual({ ok: false, reason: 'no-secret' });
  });
});

test('a stored secret is a JSON object of strings, or the secret itself', () => {
  expect(parseSecret('{"client_id":"a","client_secret":"b"}')).toEqual({ client_id: 'a', client_secret: 'b' });
  for (const plain of ['top-secret', '{', '{}', '{"a":1}', '{"a":null}', '[]']) expect(parseSecret(plain)).toBe(plain);
});

describe('bytes', () => {
  test('hex is whole, and of one letter case', () => {
    expect(hexBytes('00ff', 'lower')).toEqual(new Uint8Array([0, 255]));
    for (const text of ['', '0', '0g', '0F', ' 00', '00\n', '0x00']) expect(hexBytes(text, 'lower')).toBeNull();
    expect(hexBytes('aF', 'upper')).toBeNull();
    expect(hexBytes('aF', 'any')).toEqual(new Uint8Array([175]));
  });

  test('base64 has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
        expect(base64Bytes(toBase64(bytes))).toEqual(bytes);
        expect(hexBytes(toHex(bytes), 'lower')).toEqual(bytes);
      }),
    );
    for (const text of ['', 'QQ', 'QR==', 'QQ==\n', 'Q Q==', 'QQ=', '-_==']) expect(base64Bytes(text)).toBeNull();
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
    expect(Object.fromEntries(readJsonObject(body)?.fields ?? [])).toEqual({
      userId: '411391574328270001',
      price: '1.10',
      ok: 'true',
      none: null,
      in: null,
    });
  });

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
  const fields = new Map([['c', 'c c'], ['a', '12'], ['b', '中文'], ['e', ''], ['B', '~*']]);
  test.each([
    [style, 'B=~*&a=12&b=中文&c=c c&e='],
    [{ ...style, skipEmpty: true, valueEncoding: 'form' }, 'B=~%2A&a=12&b=%E4%B8%AD%E6%96%87&c=c+c'],
    [{ ...style, valueEncoding: 'rfc3986', pair: 'kv', join: '' }, 'B~%2Aa12b%E4%B8%AD%E6%96%87cc%20ce'],
  ] as const)('%j', (manner, text) => expect(joinPairs(signedPairs(fields, manner), manner)).toBe(text));
});
