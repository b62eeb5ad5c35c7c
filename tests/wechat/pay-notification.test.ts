import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyNotification } from '../../workers/wechat/pay/notification.ts';
import { importPublicKey } from '../../workers/wechat/pay/pem.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const keyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = (key: typeof keyPair.publicKey): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

describe('a notification of WeChat Pay', () => {
  const at = 1_795_330_740;
  const body = utf8('{"id":"n1","event_type":"TRANSACTION.SUCCESS"}');
  const signed = sign(
    'sha256',
    Buffer.concat([utf8(`${at}\nn0nce\n`), body, utf8('\n')]),
    keyPair.privateKey,
  );
  const headersOf = (changed: Record<string, string> = {}) =>
    new Headers({
      'Wechatpay-Timestamp': String(at),
      'Wechatpay-Nonce': 'n0nce',
      'Wechatpay-Serial': 'PUB_KEY_ID_1',
      'Wechatpay-Signature': signed.toString('base64'),
      ...changed,
    });
  let keys: ReadonlyMap<string, CryptoKey>;
  beforeAll(async () => {
    const key = await importPublicKey(pemOf(keyPair.publicKey));
    const other = await importPublicKey(pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey));
    if (!key || !other) throw new Error('no key');
    keys = new Map([
      ['PUB_KEY_ID_1', key],
      ['PUB_KEY_ID_2', other],
    ]);
  });
  const verdict = (changed: Record<string, string>, now = at, bytes = body) =>
    verifyNotification({ headers: headersOf(changed), body: bytes }, keys, now);

  test('is believed within five minutes of being signed, and not after, nor before', async () => {
    for (const off of [-299, 0, 299]) expect(await verdict({}, at + off)).toBe('valid');
    for (const off of [-300, 300]) expect(await verdict({}, at + off)).toBe('stale');
  });

  test.each([
    ['another moment', { 'Wechatpay-Timestamp': String(at + 1) }, 'mismatch'],
    ['another nonce', { 'Wechatpay-Nonce': 'n0ncE' }, 'mismatch'],
    ['the serial of another key', { 'Wechatpay-Serial': 'PUB_KEY_ID_2' }, 'mismatch'],
    ['a serial nobody knows', { 'Wechatpay-Serial': 'PUB_KEY_ID_3' }, 'unknown-serial'],
    [
      'the probe that is signed wrongly on purpose',
      { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/abc' },
      'probe',
    ],
    ['no signature', { 'Wechatpay-Signature': '' }, 'missing-header'],
    ['a signature that is not base64', { 'Wechatpay-Signature': '!!!!' }, 'mismatch'],
    ['a moment that is no number', { 'Wechatpay-Timestamp': `${at}x` }, 'malformed'],
    ['a nonce of 129 letters', { 'Wechatpay-Nonce': 'n'.repeat(129) }, 'malformed'],
  ])('with %s it is not', async (_, changed, expected) => expect(await verdict(changed)).toBe(expected));

  test('with any one byte of its body changed it is not', async () => {
    const bite = fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(bite, async ([place, mask]) => {
        const changed = body.with(place, (body[place] ?? 0) ^ mask);
        expect(await verdict({}, at, changed)).toBe('mismatch');
      }),
    );
  });
});
