/** 大小写: a digest in capitals is the same digest, whichever scheme it is and wherever it travels. */
import { describe, expect, test } from 'vitest';
import type { SignedRequest } from '../../../workers/receive/verify/define.ts';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now } from './requests.ts';
import { samples } from './samples.ts';

const digests = /(?<![\w+/%-])[0-9a-fA-F]{32,128}(?![\w+/%=-])/g;
const spellings: [string, (digest: string) => string][] = [
  ['in capitals', (digest) => digest.toUpperCase()],
  ['in small letters', (digest) => digest.toLowerCase()],
  [
    'in both',
    (digest) =>
      digest.replaceAll(/[a-f]/gi, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter)),
  ],
];
/** Signed as text by itself, not a digest. */
const isInHex = ({ headers, query, body }: SignedRequest): boolean =>
  [...headers, ...query].some(([, value]) => value.search(digests) >= 0) ||
  new TextDecoder().decode(body).search(digests) >= 0;

describe.each(samples.filter(({ request }) => isInHex(request)))(
  '$scheme',
  ({ request, secret, ...sample }) => {
    test.each(spellings)('a digest %s is believed as it was', async (_, write) => {
      const spelt = (text: string): string => text.replaceAll(digests, write);
      const again: SignedRequest = {
        ...request,
        headers: new Headers([...request.headers].map(([name, value]) => [name, spelt(value)])),
        query: new URLSearchParams([...request.query].map(([name, value]) => [name, spelt(value)])),
        body: new TextEncoder().encode(spelt(new TextDecoder().decode(request.body))),
      };
      expect(await verifyRequest(sample, again, [secret], now)).toEqual(
        await verifyRequest(sample, request, [secret], now),
      );
    });
  },
);

test('most schemes write their digest in hex', () => {
  expect(samples.filter(({ request }) => isInHex(request)).length).toBeGreaterThan(15);
});
