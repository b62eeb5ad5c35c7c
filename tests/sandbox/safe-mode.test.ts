/** The simulator's own sealing and reading, against published vectors and against Huike's code: neither shares a line. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { open, seal, signatureOf } from '../../workers/sandbox/push/safe-mode.ts';
import { childOf, readXml, textOf, writeXml } from '../../workers/sandbox/push/xml.ts';
import { openMessage, sealMessage } from '../../workers/wechat/crypto.ts';
import { parseXml } from '../../workers/wechat/xml.ts';

const Vector = z.looseObject({
  id: z.string(),
  token: z.string().nullish(),
  encodingAESKey: z.string().nullish(),
  appId: z.string().nullish(),
  timestamp: z.string().nullish(),
  nonce: z.string().nullish(),
  msgSignature: z.string().nullish(),
  encrypt: z.string().nullish(),
  plaintext: z.string().nullish(),
});
const file: unknown = JSON.parse(readFileSync('tests/fixtures/wechat-vectors.json', 'utf8'));
const vectors = z.array(Vector).parse(file);
const sealedOnes = vectors.filter(
  ({ encodingAESKey, encrypt, plaintext, appId }) => encodingAESKey && encrypt && plaintext && appId,
);

const secrets = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  id: 'wx5823bf96d3bd56c7',
};

test('there are published vectors to be measured by', () => {
  expect(sealedOnes.length).toBeGreaterThan(3);
});

test.each(sealedOnes.map((vector) => [vector.id, vector] as const))('%s opens', async (_, vector) => {
  const keys = { token: '', aesKey: vector.encodingAESKey ?? '', id: vector.appId ?? '' };
  expect(await open(vector.encrypt ?? '', keys)).toBe(vector.plaintext);
});

test.each(
  vectors
    .filter(({ msgSignature, encrypt, token }) => msgSignature && encrypt && token)
    .map((vector) => [vector.id, vector] as const),
)('%s is signed so', async (_, { token, timestamp, nonce, encrypt, msgSignature }) => {
  expect(await signatureOf(token ?? '', timestamp ?? '', nonce ?? '', encrypt ?? '')).toBe(msgSignature);
});

describe('with Huike', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 80 });

  test('what the simulator seals, Huike opens', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (message) => {
        const encrypt = await seal(message, secrets);
        const opened = await openMessage({ encrypt, encodingAESKeys: [secrets.aesKey], appId: secrets.id });
        expect(opened).toMatchObject({ ok: true, message });
      }),
      { numRuns: 100 },
    );
  });

  test('what Huike seals, the simulator opens, but not under another appid or another key', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (message) => {
        const encrypt = await sealMessage({ message, encodingAESKey: secrets.aesKey, appId: secrets.id });
        expect(await open(encrypt, secrets)).toBe(message);
        expect(await open(encrypt, { ...secrets, id: 'wxother' })).toBeNull();
        expect(await open(encrypt, { ...secrets, aesKey: `${secrets.aesKey.slice(1)}A` })).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('what the simulator writes, Huike and the simulator read alike', () => {
    // A person's `]]>` goes out as it is, in elements of theirs alone.
    const texts = fc.stringMatching(/^[ -~一-龥]{0,40}$/).filter((text) => !text.includes(']]>'));
    fc.assert(
      fc.property(texts, (text) => {
        const source = writeXml({ xml: { A: text, B: { C: 7 }, D: 9_007_199_254_740_993n } });
        const ours = readXml(source);
        const theirs = parseXml(source);
        expect(textOf(ours, 'A')).toBe(text);
        expect(textOf(childOf(ours, 'B'), 'C')).toBe('7');
        expect(textOf(ours, 'D')).toBe('9007199254740993');
        expect(theirs).toMatchObject({ ok: true, root: { children: [{ text }, {}, {}] } });
      }),
    );
  });
});

test.each([
  'no xml',
  '<xml><A></B></xml>',
  '<xml><A>1</A>',
  '<xml></xml><xml></xml>',
  '<!DOCTYPE x><xml></xml>',
  '<xml><!-- a --></xml>',
  '<xml a="1"></xml>',
  '<json></json>',
])('%s is not a reply', (source) => {
  expect(readXml(source)).toBeNull();
});
