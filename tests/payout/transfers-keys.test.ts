/** 密钥: all of them or none; what is missing is named, and nothing of what is there. */
import { afterEach, expect, test, vi } from 'vitest';
import { payAccount, PaySettings } from '../../workers/payout/account.ts';
import { paySettings } from '../support/pay.ts';

const errors = vi.spyOn(console, 'error').mockReturnValue();
afterEach(() => errors.mockClear());
const account = (given: Record<string, string>) => payAccount(PaySettings.parse(given));

test('without any key nobody is paid, and nobody is warned', () => {
  expect(account({})).toBeNull();
  expect(errors).not.toHaveBeenCalled();
});

test('with all of them WeChat Pay is asked at its own address unless a relay is given', () => {
  const { PAY_API_BASE: _, ...rest } = paySettings;
  expect(account(rest)).toMatchObject({ mchId: '1900000001', baseUrl: 'https://api.mch.weixin.qq.com' });
  expect(account({ ...rest, PAY_API_BASE: 'https://relay.example' })?.baseUrl).toBe('https://relay.example');
});

test('a key that was pasted on one line, its line ends spelled out, is the same key', () => {
  const pasted = paySettings.PAY_PRIVATE_KEY.replaceAll('\n', String.raw`\n`);
  expect(account({ ...paySettings, PAY_PRIVATE_KEY: pasted })).toEqual(account(paySettings));
});

test.each([
  ['one is missing', { PAY_SERIAL: '' }, 'PAY_SERIAL'],
  ['the platform keys are no JSON', { PAY_PLATFORM_KEYS: '-----BEGIN' }, 'PAY_PLATFORM_KEYS'],
  ['there is no platform key', { PAY_PLATFORM_KEYS: '{}' }, 'PAY_PLATFORM_KEYS'],
  ['the APIv3 key has not 32 characters', { PAY_API_V3_KEY: 'too short' }, 'PAY_API_V3_KEY'],
])('when %s, all is off, and the log names the setting alone', (_, given, missing) => {
  expect(account({ ...paySettings, ...given })).toBeNull();
  expect(errors.mock.calls).toEqual([[`event=pay_keys_incomplete missing=${missing}`]]);
});
