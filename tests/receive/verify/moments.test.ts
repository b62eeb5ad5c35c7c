/** Signed moments: five minutes in the past and in the future, written exactly. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, sale } from './requests.ts';
import { samples } from './samples.ts';

const code = (text: string, secret = 'top-secret'): string =>
  createHmac('sha256', secret).update(text).digest('hex');
const at = (scheme: string, header: string, value: string, params?: unknown, headers = {}) =>
  verifyRequest(
    { scheme, params },
    request({ headers: { ...headers, [header]: value }, body: sale }),
    ['top-secret'],
    now,
  );

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
    for (const off of [-301, 301, 86_400])
      expect(await seen(now + off)).toEqual({ ok: false, reason: 'stale' });
  });

  test('奇门: its moment is written in the time of Beijing', async () => {
    const qimen = samples.find(({ scheme }) => scheme === 'qimen');
    if (!qimen) throw new Error('no sample');
    const seen = (iso: string) =>
      verifyRequest(
        { scheme: 'qimen', params: { toleranceSeconds: 600 } },
        qimen.request,
        [qimen.secret],
        Date.parse(iso) / 1000,
      );
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
