/** Standard Webhooks: rotation lists, foreign header names and the work that one request may cause. */
import { createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, sale } from './requests.ts';

describe('Standard Webhooks', () => {
  const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
  const good = createHmac('sha256', '0123456789abcdef01234567').update(`m.${now}.${sale}`).digest('base64');
  const signed = (signature: string, family = 'webhook') => {
    const headers = {
      [`${family}-id`]: 'm',
      [`${family}-timestamp`]: String(now),
      [`${family}-signature`]: signature,
    };
    return verifyRequest({ scheme: 'standard-webhooks' }, request({ headers, body: sale }), [secret], now);
  };
  const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;

  test.each([
    ['the last of sixteen', [...Array.from({ length: 15 }, () => wrong), `v1,${good}`].join(' '), true],
    [
      'of seventeen, none is looked at',
      [`v1,${good}`, ...Array.from({ length: 16 }, () => wrong)].join(' '),
      'malformed',
    ],
    ['another version before it', `v2,abc v1a,${good} v1,${good}`, true],
    ['the code under another version', `v1a,${good}`, 'mismatch'],
    ['without its padding', `v1,${good.replace('=', '')}`, 'mismatch'],
    [
      'bits left over at its end',
      `v1,${good.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`)}`,
      'mismatch',
    ],
    [
      'the alphabet of addresses',
      `v1,${good.replaceAll('+', '-').replaceAll('/', '_')} `,
      /[+/]/.test(good) ? 'mismatch' : true,
    ],
    ['no version', good, 'mismatch'],
    ['nothing', '', 'missing'],
    ['more than 4 KB', `v1,${good} ${'x'.repeat(4096)}`, 'malformed'],
  ])('%s', async (_, signature, outcome) => {
    const expected = outcome === true ? { ok: true } : { ok: false, reason: outcome };
    expect(await signed(signature)).toMatchObject(expected);
  });

  test('headers named after Svix count, but never mixed with the others', async () => {
    expect(await signed(`v1,${good}`, 'svix')).toMatchObject({ ok: true });
    const headers = { 'svix-id': 'm', 'svix-timestamp': String(now), 'webhook-signature': `v1,${good}` };
    const mixed = request({ headers, body: sale });
    expect(await verifyRequest({ scheme: 'standard-webhooks' }, mixed, [secret], now)).toEqual({
      ok: false,
      reason: 'missing',
    });
  });

  test('as many codes are computed whichever secret fits, and however many are offered', async () => {
    const compute = vi.spyOn(crypto.subtle, 'sign');
    const other = `whsec_${Buffer.from('another-secret-0123456789').toString('base64')}`;
    const headers = {
      'webhook-id': 'm',
      'webhook-timestamp': String(now),
      'webhook-signature': `v1,${good} ${wrong}`,
    };
    for (const secrets of [
      [secret, other],
      [other, secret],
      [other, other],
    ]) {
      compute.mockClear();
      await verifyRequest({ scheme: 'standard-webhooks' }, request({ headers, body: sale }), secrets, now);
      expect(compute).toHaveBeenCalledTimes(2);
    }
    compute.mockRestore();
  });
});
