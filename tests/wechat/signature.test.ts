import { describe, expect, test } from 'vitest';
import { isSigned, sign } from '../../workers/wechat/signature.ts';
import { messageSigned, plainlySigned } from './vectors.ts';

describe('the plain signature of a published callback is the one we compute', () => {
  const signed = plainlySigned.filter((vector) => vector.signature !== undefined);
  test.each(signed)('$id', async ({ token, timestamp, nonce, signature = '' }) => {
    expect(await sign({ token, timestamp, nonce })).toBe(signature);
    expect(await isSigned({ token, timestamp, nonce }, signature)).toBe(true);
  });
  test('there are at least four of them', () => expect(signed.length).toBeGreaterThanOrEqual(4));
});

describe('the msg_signature of a published callback is the one we compute', () => {
  test.each(messageSigned)('$id', async ({ token, timestamp, nonce, encrypt = '', msgSignature = '' }) => {
    expect(await sign({ token, timestamp, nonce, encrypt })).toBe(msgSignature);
    expect(await isSigned({ token, timestamp, nonce, encrypt }, msgSignature)).toBe(true);
  });
  test('there are at least nine of them', () => expect(messageSigned.length).toBeGreaterThanOrEqual(9));
});

const parts = { token: 'AAAAA', timestamp: '1714036504', nonce: '1514711492' };
const good = 'f464b24fc39322e44b38aa78f5edd27bd1441696';

test('a callback is believed, in whatever letters its digest is written', async () => {
  expect(await isSigned(parts, good.toUpperCase())).toBe(true);
});

describe('a callback is not believed', () => {
  test.each([
    ['with one digit changed', `${good.slice(0, -1)}7`],
    ['with an empty signature', ''],
    ['with the signature twice', good + good],
    ['with only the beginning of it', good.slice(0, 39)],
  ])('%s', async (_, signature) => {
    expect(await isSigned(parts, signature)).toBe(false);
  });

  test('with the plain signature where the encrypted text must be signed too', async () => {
    expect(await isSigned({ ...parts, encrypt: 'anything' }, good)).toBe(false);
  });

  test('under another token', async () => {
    expect(await isSigned({ ...parts, token: 'AAAAB' }, good)).toBe(false);
  });
});
