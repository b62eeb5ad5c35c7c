/** Who may send: networks, and addresses that are themselves the secret. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNetwork, isOnList, readAddress } from '../../../workers/receive/verify/kernel/address-list.ts';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { tokenHash } from '../../../workers/receive/verify/token.ts';
import { now, request, sale } from './requests.ts';
import { urlTokenText } from './samples.ts';

describe('the list of addresses that may send', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.0/24', true],
    ['203.0.114.7', '203.0.113.0/24', false],
    ['203.0.113.7', '0.0.0.0/0', true],
    ['::ffff:203.0.113.7', '203.0.113.0/24', true],
    ['203.0.113.7', '::/0', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['', '0.0.0.0/0', false],
    ['203.0.113.07', '203.0.113.0/24', false],
    ['203.0.113', '203.0.113.0/24', false],
    ['1:2:3:4:5:6:7:8:9', '::/0', false],
    ['1::2::3', '::/0', false],
    ['203.0.113.7', '203.0.113.0/33', false],
  ])('%s on %s: %s', (address, network, isOn) => expect(isOnList(address, [network])).toBe(isOn));

  test('every address can be read back, and is on the network of its own length', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(readAddress(address)).not.toBeNull();
        expect(isNetwork(address) && isOnList(address, [address])).toBe(true);
      }),
    );
  });

  test('stands before every scheme', async () => {
    const token = { secret: await tokenHash(urlTokenText), given: { body: sale, token: urlTokenText } };
    const from = (address: string | null, addresses: readonly string[]) =>
      verifyRequest(
        { scheme: 'url-token', addresses },
        { ...request(token.given), address },
        [token.secret],
        now,
      );
    expect(await from('203.0.113.7', ['203.0.113.0/24'])).toEqual({ ok: true, trust: 'token' });
    expect(await from('198.51.100.1', ['203.0.113.0/24'])).toEqual({ ok: false, reason: 'address' });
    expect(await from(null, ['203.0.113.0/24'])).toEqual({ ok: false, reason: 'address' });
    expect(await from('203.0.113.7', [])).toEqual({ ok: false, reason: 'address' });
    expect(await from('203.0.113.7', ['203.0.113.0/24', 'anyone'])).toEqual({
      ok: false,
      reason: 'bad-params',
    });
  });
});

describe('an address that is the secret', () => {
  const at = async (token: string, secret?: string) =>
    verifyRequest(
      { scheme: 'url-token' },
      request({ body: sale, token }),
      [secret ?? (await tokenHash(urlTokenText))],
      now,
    );
  test.each([
    [urlTokenText.slice(0, 21), 'malformed'],
    [`${urlTokenText.slice(0, 21)}x`, 'mismatch'],
    [`${urlTokenText}/`, 'malformed'],
    ['', 'missing'],
  ])('%s is refused', async (token, reason) => expect(await at(token)).toEqual({ ok: false, reason }));

  test('kept in the clear it opens nothing', async () => {
    expect(await at(urlTokenText, urlTokenText)).toEqual({ ok: false, reason: 'no-secret' });
  });
});
