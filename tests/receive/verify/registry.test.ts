/** The registry fails closed: no name, no setting and nothing in a request makes an unsigned one believed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignedRequest, Verification } from '../../../workers/receive/verify/define.ts';
import { schemes, verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, sale, type Sample } from './requests.ts';
import { samples } from './samples.ts';

const verify = (sample: Sample, changed: SignedRequest = sample.request): Promise<Verification> =>
  verifyRequest(sample, changed, [sample.secret], now);

describe('the registry fails closed', () => {
  test('for a name nobody answers to', async () => {
    for (const scheme of ['', 'none', 'Shopify', '__proto__', 'constructor', 'toString']) {
      const verification = await verifyRequest({ scheme }, request({ body: sale }), ['top-secret'], now);
      expect(verification).toEqual({ ok: false, reason: 'unknown-scheme' });
    }
  });

  test.each(samples)('for settings of $scheme with one word too many', async (sample) => {
    for (const switched of [{ skip: true }, { verify: false }, { test: true }, { debug: 1 }]) {
      const params = { ...(sample.params as object | undefined), ...switched };
      expect(await verify({ ...sample, params })).toEqual({ ok: false, reason: 'bad-params' });
    }
    for (const params of ['', 1, true]) {
      expect(await verify({ ...sample, params })).toEqual({ ok: false, reason: 'bad-params' });
    }
  });

  test('whatever the settings are, an unsigned request is never believed', async () => {
    const names = fc.constantFrom(...schemes.map(({ name }) => name));
    const unsigned = request({
      headers: { 'x-sign': '', sign: 'x' },
      query: { sign: '', test: '1' },
      body: sale,
    });
    await fc.assert(
      fc.asyncProperty(names, fc.anything(), async (scheme, params) => {
        expect((await verifyRequest({ scheme, params }, unsigned, ['top-secret'], now)).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing a stranger sends makes a verifier throw', async () => {
    const names = fc.constantFrom(...samples);
    const header = fc.tuple(
      fc.constantFrom(...new Set(samples.flatMap(({ signed }) => signed))),
      fc.string({
        unit: fc.constantFrom(
          '0',
          'a',
          'F',
          '=',
          ',',
          '.',
          ' ',
          'v',
          '1',
          't',
          '{',
          '"',
          '}',
          '&',
          '%',
          '+',
          '/',
        ),
        maxLength: 80,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(header),
        fc.uint8Array({ maxLength: 60 }),
        async (sample, pairs, body) => {
          const query = new URLSearchParams(pairs);
          const headers = new Headers(pairs);
          expect((await verify(sample, { ...sample.request, headers, query, body, token: 'x' })).ok).toBe(
            false,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
