import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignedRequest, Verification } from '../../../workers/receive/verify/define.ts';
import { schemes, verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, type Sample } from './requests.ts';
import { samples } from './samples.ts';

const verify = (sample: Sample, changed: SignedRequest = sample.request): Promise<Verification> =>
  verifyRequest(sample, changed, [sample.secret], now);

describe('every scheme in the registry', () => {
  test('has one sample and a name of its own', () => {
    expect(samples.map(({ scheme }) => scheme).toSorted()).toEqual(
      schemes.map(({ name }) => name).toSorted(),
    );
    expect(new Set(schemes.map(({ name }) => name)).size).toBe(schemes.length);
  });

  test('is bitten: in its body, in what it signs beside the body, or in the token that stands for a signature', () => {
    const bodies = samples.filter(hasSignedBody).map(({ scheme }) => scheme);
    const unbitten = samples.filter(({ scheme }) => !bodies.includes(scheme));
    // One signs a request that has no body, the other signs nothing and is its address.
    expect(unbitten.map(({ scheme }) => scheme).toSorted()).toEqual(['kingdee-outbound', 'url-token']);
    for (const {
      request: { token = null },
      signed,
    } of unbitten)
      expect(signed.length > 0 || token !== null).toBe(true);
  });

  describe.each(samples)('$scheme', (sample) => {
    test('accepts what its sender signed, and says how far to believe it', async () => {
      expect(await verify(sample)).toMatchObject({ ok: true, trust: sample.trust });
    });

    test('accepts either of two secrets while one is being changed', async () => {
      for (const secrets of [
        [sample.secret, sample.other],
        [sample.other, sample.secret],
      ]) {
        expect(await verifyRequest(sample, sample.request, secrets, now)).toMatchObject({ ok: true });
      }
    });

    test('refuses it under another secret, under none, and under an empty one', async () => {
      const under = (secrets: readonly (typeof sample.secret)[]) =>
        verifyRequest(sample, sample.request, secrets, now);
      expect(await under([sample.other])).toEqual({ ok: false, reason: 'mismatch' });
      for (const secrets of [[], [''], [{}], ['', {}]]) {
        expect(await under(secrets)).toEqual({ ok: false, reason: 'no-secret' });
      }
    });

    test('refuses it without its headers, its query and its token', async () => {
      const { body } = sample.request;
      if (sample.signed.length === 0 && sample.scheme !== 'url-token') return;
      expect(await verify(sample, request({ body }))).toMatchObject({ ok: false });
    });

    test('refuses it with any one byte of the body changed, or reads the very same from it', async () => {
      const { body } = sample.request;
      if (!hasSignedBody(sample)) return;
      const told = await verify(sample);
      const bite = fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }));
      await fc.assert(
        fc.asyncProperty(bite, async ([place, mask]) => {
          const changed = body.slice();
          changed[place] = (changed[place] ?? 0) ^ mask;
          const verification = await verify(sample, { ...sample.request, body: changed });
          // `%7b` is `%7B` to a form, and letters of a JSON escape have no case: another spelling of the same values.
          if (verification.ok && !coversRawBody(sample)) expect(verification).toEqual(told);
          else expect(verification.ok).toBe(false);
        }),
        { numRuns: 300 },
      );
    });

    test('refuses it with any one character of a signed header or query value changed', async () => {
      if (sample.signed.length === 0) return;
      const bite = fc.tuple(
        fc.constantFrom(...sample.signed),
        fc.nat(4096),
        fc.integer({ min: 0x21, max: 0x7e }),
      );
      await fc.assert(
        fc.asyncProperty(bite, async ([name, at, code]) => {
          const { headers, query } = sample.request;
          const value = headers.get(name) ?? query.get(name) ?? '';
          const place = at % value.length;
          const changedValue = value.slice(0, place) + String.fromCharCode(code) + value.slice(place + 1);
          if (changedValue === value || isSameHex(changedValue, value)) return;
          const changed = {
            ...sample.request,
            headers: new Headers(headers),
            query: new URLSearchParams(query),
          };
          if (headers.has(name)) changed.headers.set(name, changedValue);
          else changed.query.set(name, changedValue);
          expect(await verify(sample, changed)).toMatchObject({ ok: false });
        }),
        { numRuns: 300 },
      );
    });
  });
});

describe('beside body, headers and query', () => {
  test('any one character of a token changed is another address', async () => {
    const [sample] = samples.filter(({ scheme }) => scheme === 'url-token');
    const token = sample?.request.token ?? '';
    if (!sample || token === '') throw new Error('no token to change');
    const bite = fc.tuple(fc.nat(token.length - 1), fc.integer({ min: 0x21, max: 0x7e }));
    await fc.assert(
      fc.asyncProperty(bite, async ([place, code]) => {
        const changed = token.slice(0, place) + String.fromCharCode(code) + token.slice(place + 1);
        if (changed === token) return;
        const verification = await verify(sample, { ...sample.request, token: changed });
        expect(verification).toMatchObject({ ok: false });
      }),
      { numRuns: 300 },
    );
  });

  test.each(['square', 'meituan-waimai-md5', 'kingdee-outbound'])(
    '%s signs the address: at another one the same request is refused',
    async (scheme) => {
      const [sample] = samples.filter((one) => one.scheme === scheme);
      if (!sample) throw new Error(`no sample of ${scheme}`);
      const { url } = sample.request;
      await fc.assert(
        fc.asyncProperty(fc.nat(url.length - 1), fc.constantFrom('x', '0', '-', '~'), async (at, letter) => {
          const changed = url.slice(0, at) + letter + url.slice(at + 1);
          // Of an address 金蝶 signs the path alone.
          const isSame = scheme === 'kingdee-outbound' ? pathOf(changed) === pathOf(url) : changed === url;
          if (isSame) return;
          expect(await verify(sample, { ...sample.request, url: changed })).toMatchObject({ ok: false });
        }),
        { numRuns: 200 },
      );
    },
  );

  test('金蝶 signs the method as well', async () => {
    const [sample] = samples.filter(({ scheme }) => scheme === 'kingdee-outbound');
    if (!sample) throw new Error('no sample of kingdee-outbound');
    for (const method of ['POST', 'PUT', 'get', ''])
      expect(await verify(sample, { ...sample.request, method })).toMatchObject({ ok: false });
  });
});

const hasSignedBody = ({ scheme, request: { body } }: Sample): boolean =>
  body.length > 0 && scheme !== 'url-token';

function pathOf(url: string): string | null {
  try {
    return new URL(url).pathname;
  } catch {
    return null;
  }
}

/** Where the values are signed and not the bytes, the bytes may be spelled in more than one way. */
const spelled = new Set([
  'youzan-body-sign',
  'weimob',
  'kv-digest',
  'meituan-sha1',
  'meituan-waimai-md5',
  'eleme',
  'yonyou-event',
]);
const coversRawBody = ({ scheme }: Sample): boolean => !spelled.has(scheme);

/** A digest in capitals is the same digest. */
const isSameHex = (one: string, other: string): boolean =>
  digestIn.test(one) && one.replace(digestIn, turned) === other.replace(digestIn, turned);
const digestIn = /[0-9a-f]{32,}/gi;
const turned = (digest: string): string => digest.toLowerCase();
