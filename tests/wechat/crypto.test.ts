import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMessage, sealMessage } from '../../workers/wechat/crypto.ts';
import { sealed } from './vectors.ts';

const encodingAESKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const formerKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const appId = 'wxb11529c136998cb6';

const open = (encrypt: string, encodingAESKeys = [encodingAESKey]) =>
  openMessage({ encrypt, encodingAESKeys, appId });

describe('a published ciphertext opens to its published message', () => {
  test.each(sealed)('$id', async ({ encrypt, encodingAESKey: key, appId: id, plaintext }) => {
    const opened = await openMessage({ encrypt, encodingAESKeys: [key], appId: id });
    expect(opened).toEqual({ ok: true, message: plaintext, encodingAESKey: key });
  });
  test('there are at least ten of them', () => expect(sealed.length).toBeGreaterThanOrEqual(10));
});

describe('with the published random bytes the ciphertext is the published one', () => {
  const repeatable = sealed.filter(({ random16 }) => random16 !== undefined);
  test.each(repeatable)('$id', async ({ encrypt, encodingAESKey: key, appId: id, plaintext, random16 }) => {
    const random = () => new TextEncoder().encode(random16);
    expect(await sealMessage({ message: plaintext, encodingAESKey: key, appId: id }, random)).toBe(encrypt);
  });
  test('there are at least five of them', () => expect(repeatable.length).toBeGreaterThanOrEqual(5));
});

describe('what we seal we can open', () => {
  test('at every length from 0 to 70, so with every padding from 1 to 32', async () => {
    for (let length = 0; length <= 70; length += 1) {
      const message = 'x'.repeat(length);
      const encrypt = await sealMessage({ message, encodingAESKey, appId });
      expect(atob(encrypt).length % 32).toBe(0);
      expect(await open(encrypt)).toEqual({ ok: true, message, encodingAESKey });
    }
  });

  test('whatever was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (message) => {
        const encrypt = await sealMessage({ message, encodingAESKey, appId });
        expect(await open(encrypt)).toEqual({ ok: true, message, encodingAESKey });
      }),
    );
  });

  test('a byte order mark at the start of a message is kept', async () => {
    const encrypt = await sealMessage({ message: '\uFEFFhello', encodingAESKey, appId });
    expect(await open(encrypt)).toEqual({ ok: true, message: '\uFEFFhello', encodingAESKey });
  });

  test('a message of 70,000 bytes', async () => {
    const message = '奶'.repeat(23_334);
    const encrypt = await sealMessage({ message, encodingAESKey, appId });
    expect(await open(encrypt)).toEqual({ ok: true, message, encodingAESKey });
  });

  test('two seals of one message differ', async () => {
    const plain = { message: 'hello', encodingAESKey, appId };
    expect(await sealMessage(plain)).not.toBe(await sealMessage(plain));
  });
});

describe('while the EncodingAESKey is being changed', () => {
  test('the former key still opens, and says that it was the one', async () => {
    const encrypt = await sealMessage({ message: 'hello', encodingAESKey: formerKey, appId });
    expect(await open(encrypt, [encodingAESKey, formerKey])).toEqual({
      ok: true,
      message: 'hello',
      encodingAESKey: formerKey,
    });
  });

  test('a key dropped from the list opens nothing', async () => {
    const encrypt = await sealMessage({ message: 'hello', encodingAESKey: formerKey, appId });
    expect(await open(encrypt)).toEqual({ ok: false, why: 'bad-content' });
  });
});

describe('a message is refused', () => {
  test('sealed for another account', async () => {
    const encrypt = await sealMessage({ message: 'hello', encodingAESKey, appId: 'wx0000000000000000' });
    expect(await open(encrypt)).toEqual({ ok: false, why: 'foreign-app' });
  });

  test('whose length is not a multiple of 32', async () => {
    expect(await open(btoa('x'.repeat(48)))).toEqual({ ok: false, why: 'bad-length' });
    expect(await open('')).toEqual({ ok: false, why: 'bad-length' });
  });

  test('that is not base64', async () => {
    expect(await open('<xml>')).toEqual({ ok: false, why: 'not-base64' });
  });

  test('when the key is not one', async () => {
    expect(await open(btoa('x'.repeat(32)), ['short'])).toEqual({ ok: false, why: 'bad-key' });
    await expect(sealMessage({ message: '', encodingAESKey: 'short', appId })).rejects.toThrow('43 base64');
  });

  // "random(16) length(4) message appId" of 32 bytes and more, padded by hand.
  const content = (length: number, tail: string) =>
    Buffer.concat([Buffer.alloc(16, 'r'), Buffer.from([0, 0, 0, length]), Buffer.from(tail)]);

  test.each([
    ['with padding 0', Buffer.concat([content(5, `hello${appId}`), Buffer.alloc(64 - 43, 0)])],
    ['with padding 33', Buffer.concat([content(5, `hello${appId}`), Buffer.alloc(96 - 43, 33)])],
    [
      'with padding bytes that differ',
      Buffer.concat([content(5, `hello${appId}`), Buffer.alloc(20, 1), Buffer.from([21])]),
    ],
    [
      'that says it is longer than it is',
      Buffer.concat([content(255, `hello${appId}`), Buffer.alloc(21, 21)]),
    ],
    ['with no room for its length', Buffer.concat([Buffer.alloc(16, 'r'), Buffer.alloc(16, 16)])],
    [
      'that is not UTF-8',
      Buffer.concat([content(2, `\uFFFF${appId}`).fill(0xff, 20, 23), Buffer.alloc(23, 23)]),
    ],
  ])('%s', async (_, plain) => {
    expect(plain.length % 32).toBe(0);
    const key = Buffer.from(`${encodingAESKey}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const encrypt = Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    expect(await open(encrypt)).toEqual({ ok: false, why: 'bad-content' });
  });
});
