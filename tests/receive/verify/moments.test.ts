/** Timestamps, rotation lists and downgrades: what is in the signature header beside the code. */
import { createHmac } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, sale, samples } from './samples.ts';

const code = (text: string, secret = 'top-secret'): string => createHmac('sha256', secret).update(text).digest('hex');
const at = (scheme: string, header: string, value: string, params?: unknown, headers = {}) =>
  verifyRequest({ scheme, params }, request({ headers: { ...headers, [header]: value }, body: sale }), ['top-secret'], now);

describe('five minutes, both ways', () => {
  const timed = {
    'standard-webhooks': {},
    'standard-webhooks-ed25519': {},
    hook0: {},
    stripe: {},
    hmac: {},
    'pospal-v3': { toleranceSeconds: 300 },
    keruyun: { toleranceSeconds: 300 },
    'kv-body-sha1-md5': { toleranceSeconds: 300 },
    'meituan-waimai-md5': { toleranceSeconds: 300 },
    eleme: { toleranceSeconds: 300 },
    'yonyou-event': { toleranceSeconds: 300 },
    'kingdee-outbound': { toleranceSeconds: 300 },
  };
  test.each(Object.entries(timed))('%s', async (name, params) => {
    const sample = samples.find(({ scheme }) => scheme === name);
    if (!sample) throw new Error(`no sample of ${name}`);
    const settings = { scheme: name, params: { ...(sample.params as object | undefined), ...params } };
    const seen = (nowSeconds: number) => verifyRequest(settings, sample.request, [sample.secret], nowSeconds);
    for (const off of [-300, -299, 0, 299, 300]) expect(await seen(now + off)).toMatchObject({ ok: true });
    for (const off of [-301, 301, 86_400]) expect(await seen(now + off)).toEqual({ ok: false, reason: 'stale' });
  });

  test('奇门: its moment is written in the time of Beijing', async () => {
    const qimen = samples.find(({ scheme }) => scheme === 'qimen');
    if (!qimen) throw new Error('no sample');
    const seen = (iso: string) =>
      verifyRequest({ scheme: 'qimen', params: { toleranceSeconds: 600 } }, qimen.request, [qimen.secret], Date.parse(iso) / 1000);
    expect(await seen('2026-11-22T14:59:00+08:00')).toMatchObject({ ok: true });
    expect(await seen('2026-11-22T14:59:00Z')).toEqual({ ok: false, reason: 'stale' });
  });

  test.each(['1614265330abc', ' 1795330740', '+1795330740', '1795330740.9', '0x6b0', ''])(
    'a moment written %j is no moment',
    async (moment) => {
      const value = `t=${moment},v1=${code(`${moment}.${sale}`)}`;
      expect(await at('stripe', 'stripe-signature', value)).toEqual({ ok: false, reason: 'malformed' });
    },
  );
});

describe('Hook0', () => {
  const covered = code(`${now}.x-event-id.evt-1.${sale}`);
  const plain = code(`${now}.${sale}`);
  const hook0 = (value: string, params?: unknown) =>
    at('hook0', 'x-hook0-signature', value, params, { 'x-event-id': 'evt-1' });

  test.each([
    ['the body alone', `t=${now},v0=${plain}`, true],
    ['the headers too', `t=${now},h=x-event-id,v1=${covered}`, true],
    ['both, the stronger right', `t=${now},h=x-event-id,v0=${'0'.repeat(64)},v1=${covered}`, true],
    ['both, the stronger wrong', `t=${now},h=x-event-id,v0=${plain},v1=${'0'.repeat(64)}`, 'mismatch'],
    ['the stronger cut short beside a right weaker one', `t=${now},h=x-event-id,v0=${plain},v1=`, 'malformed'],
    ['a covered header that did not come', `t=${now},h=x-missing,v1=${covered}`, 'missing'],
    ['no covered header', `t=${now},v1=${covered}`, 'missing'],
    ['half a byte short', `t=${now},v0=${plain.slice(0, -1)}`, 'malformed'],
    ['not hex', `t=${now},v0=${plain.slice(0, -1)}z`, 'malformed'],
    ['no code', `t=${now}`, 'missing'],
    ['two moments', `t=${now},t=${now},v0=${plain}`, 'malformed'],
    ['33 parts', `t=${now},v0=${plain}${',x=1'.repeat(31)}`, 'malformed'],
    ['more than 8 KB', `t=${now},v0=${plain},x=${'1'.repeat(8192)}`, 'malformed'],
    ['65 covered headers', `t=${now},h=${Array.from({ length: 65 }, () => 'x-event-id').join(' ')},v1=${covered}`, 'missing'],
  ])('%s', async (_, value, outcome) => {
    const expected = outcome === true ? { ok: true } : { ok: false, reason: outcome };
    expect(await hook0(value)).toMatchObject(expected);
  });

  test('a source that needs its headers covered refuses the code that covers none', async () => {
    expect(await hook0(`t=${now},v0=${plain}`, { requires: 'v1' })).toEqual({ ok: false, reason: 'downgrade' });
    expect(await hook0(`t=${now},h=x-event-id,v1=${covered}`, { requires: 'v1' })).toMatchObject({ ok: true });
  });
});

describe('Stripe', () => {
  const good = code(`${now}.${sale}`);
  test.each([
    ['one of two codes', `t=${now},v1=${'0'.repeat(64)},v1=${good}`, true],
    ['a v0 beside it', `t=${now},v1=${good},v0=${'0'.repeat(64)}`, true],
    ['v0 alone', `t=${now},v0=${good}`, 'downgrade'],
    ['no moment', `v1=${good}`, 'malformed'],
    ['capitals', `t=${now},v1=${good.toUpperCase()}`, 'malformed'],
    ['33 codes', `t=${now}${`,v1=${good}`.repeat(33)}`, 'malformed'],
  ])('%s', async (_, value, outcome) => {
    const expected = outcome === true ? { ok: true } : { ok: false, reason: outcome };
    expect(await at('stripe', 'stripe-signature', value)).toMatchObject(expected);
  });
});

describe('Standard Webhooks', () => {
  const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
  const good = createHmac('sha256', '0123456789abcdef01234567').update(`m.${now}.${sale}`).digest('base64');
  const signed = (signature: string, family = 'webhook') => {
    const headers = { [`${family}-id`]: 'm', [`${family}-timestamp`]: String(now), [`${family}-signature`]: signature };
    return verifyRequest({ scheme: 'standard-webhooks' }, request({ headers, body: sale }), [secret], now);
  };
  const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;

  test.each([
    ['the last of sixteen', [...Array.from({ length: 15 }, () => wrong), `v1,${good}`].join(' '), true],
    ['of seventeen, none is looked at', [`v1,${good}`, ...Array.from({ length: 16 }, () => wrong)].join(' '), 'malformed'],
    ['another version before it', `v2,abc v1a,${good} v1,${good}`, true],
    ['the code under another version', `v1a,${good}`, 'mismatch'],
    ['without its padding', `v1,${good.replace('=', '')}`, 'mismatch'],
    ['bits left over at its end', `v1,${good.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`)}`, 'mismatch'],
    ['the alphabet of addresses', `v1,${good.replaceAll('+', '-').replaceAll('/', '_')} `, /[+/]/.test(good) ? 'mismatch' : true],
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
    expect(await verifyRequest({ scheme: 'standard-webhooks' }, mixed, [secret], now)).toEqual({ ok: false, reason: 'missing' });
  });

  test('as many codes are computed whichever secret fits, and however many are offered', async () => {
    const compute = vi.spyOn(crypto.subtle, 'sign');
    const other = `whsec_${Buffer.from('another-secret-0123456789').toString('base64')}`;
    const headers = { 'webhook-id': 'm', 'webhook-timestamp': String(now), 'webhook-signature': `v1,${good} ${wrong}` };
    for (const secrets of [[secret, other], [other, secret], [other, other]]) {
      compute.mockClear();
      await verifyRequest({ scheme: 'standard-webhooks' }, request({ headers, body: sale }), secrets, now);
      expect(compute).toHaveBeenCalledTimes(2);
    }
    compute.mockRestore();
  });
});
