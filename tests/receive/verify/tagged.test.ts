/** Signature headers of several parts: which of them decides, and how many are looked at. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { now, request, sale } from './requests.ts';

const code = (text: string, secret = 'top-secret'): string =>
  createHmac('sha256', secret).update(text).digest('hex');
const at = (scheme: string, header: string, value: string, params?: unknown, headers = {}) =>
  verifyRequest(
    { scheme, params },
    request({ headers: { ...headers, [header]: value }, body: sale }),
    ['top-secret'],
    now,
  );

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
    [
      'the stronger cut short beside a right weaker one',
      `t=${now},h=x-event-id,v0=${plain},v1=`,
      'malformed',
    ],
    ['a covered header that did not come', `t=${now},h=x-missing,v1=${covered}`, 'missing'],
    ['no covered header', `t=${now},v1=${covered}`, 'missing'],
    ['half a byte short', `t=${now},v0=${plain.slice(0, -1)}`, 'malformed'],
    ['not hex', `t=${now},v0=${plain.slice(0, -1)}z`, 'malformed'],
    ['no code', `t=${now}`, 'missing'],
    ['two moments', `t=${now},t=${now},v0=${plain}`, 'malformed'],
    ['33 parts', `t=${now},v0=${plain}${',x=1'.repeat(31)}`, 'malformed'],
    ['more than 8 KB', `t=${now},v0=${plain},x=${'1'.repeat(8192)}`, 'malformed'],
    [
      '65 covered headers',
      `t=${now},h=${Array.from({ length: 65 }, () => 'x-event-id').join(' ')},v1=${covered}`,
      'missing',
    ],
  ])('%s', async (_, value, outcome) => {
    const expected = outcome === true ? { ok: true } : { ok: false, reason: outcome };
    expect(await hook0(value)).toMatchObject(expected);
  });

  test('a source that needs its headers covered refuses the code that covers none', async () => {
    expect(await hook0(`t=${now},v0=${plain}`, { requires: 'v1' })).toEqual({
      ok: false,
      reason: 'downgrade',
    });
    expect(await hook0(`t=${now},h=x-event-id,v1=${covered}`, { requires: 'v1' })).toMatchObject({
      ok: true,
    });
  });
});

describe('Stripe', () => {
  const good = code(`${now}.${sale}`);
  test.each([
    ['one of two codes', `t=${now},v1=${'0'.repeat(64)},v1=${good}`, true],
    ['a v0 beside it', `t=${now},v1=${good},v0=${'0'.repeat(64)}`, true],
    ['v0 alone', `t=${now},v0=${good}`, 'downgrade'],
    ['no moment', `v1=${good}`, 'malformed'],
    ['capitals', `t=${now},v1=${good.toUpperCase()}`, true],
    ['33 codes', `t=${now}${`,v1=${good}`.repeat(33)}`, 'malformed'],
  ])('%s', async (_, value, outcome) => {
    const expected = outcome === true ? { ok: true } : { ok: false, reason: outcome };
    expect(await at('stripe', 'stripe-signature', value)).toMatchObject(expected);
  });
});
