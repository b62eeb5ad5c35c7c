/** 微信支付体检: each thing that is usually wrong when a shop connects it, found out without paying anything. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { inWords } from '../../workers/pages/console/connections/findings.tsx';
import { payAccount, payLine, type PaySettings } from '../../workers/payout/account.ts';
import { diagnosePay } from '../../workers/payout/diagnose.ts';
import { payFaults } from '../../workers/payout/settings-check.ts';
import { paySettings, playPay, type PayDouble, type PayFault } from '../support/pay.ts';

const relayed = { ...paySettings, PAY_API_BASE: 'https://relay.example.cn/pay' };
const chosen = MerchantSettings.parse({
  publicUrl: 'https://vip.example.cn',
  payout: { mode: 'transfer' },
});

type Given = {
  readonly settings?: Partial<PaySettings>;
  readonly fault?: PayFault;
  readonly shop?: Partial<MerchantSettings>;
  readonly hasAccount?: boolean;
};

async function diagnosed({ settings, fault, shop, hasAccount = true }: Given) {
  const pay: PayDouble = playPay({ now: Date.now() });
  if (fault) pay.mischief = () => fault;
  const all = { ...relayed, ...settings };
  const account = payAccount(all);
  // The relay takes its own folder off the path before WeChat Pay sees it.
  const http = (request: Request) =>
    pay.http(new Request(request.url.replace('relay.example.cn/pay', 'api.mch.weixin.qq.com'), request));
  const line = account && payLine(account, { http, clock: Date.now });
  const diagnosis = await diagnosePay({ faults: payFaults(all), hasAccount, line }, { ...chosen, ...shop });
  return { ...diagnosis, calls: pay.calls, bills: pay.bills };
}

test('keys that are right are proved by a bill that nobody made; nothing is paid', async () => {
  const { findings, isAsked, calls, bills } = await diagnosed({});
  expect([findings, isAsked]).toEqual([[], true]);
  expect(calls.map(({ kind }) => kind)).toEqual(['query']);
  expect(bills.size).toBe(0);
});

test('not one key: it is not connected, which is no fault', async () => {
  const none = {
    PAY_MCH_ID: '',
    PAY_SERIAL: '',
    PAY_PRIVATE_KEY: '',
    PAY_API_V3_KEY: '',
    PAY_PLATFORM_KEYS: '',
  };
  expect(await diagnosed({ settings: none })).toMatchObject({
    findings: [{ code: 'pay.off', isFatal: false }],
    isAsked: false,
    calls: [],
  });
});

const anotherKey = paySettings.PAY_PLATFORM_KEYS.replace('PUB_KEY_ID_0116', 'PUB_KEY_ID_9999');

test.each<[string, Given, string, string]>([
  ['no merchant number', { settings: { PAY_MCH_ID: '' } }, 'setting.PAY_MCH_ID.missing', '账户中心'],
  [
    'a number with letters',
    { settings: { PAY_MCH_ID: '19x' } },
    'setting.PAY_MCH_ID.malformed',
    '8到15位数字',
  ],
  ['a serial in Chinese', { settings: { PAY_SERIAL: '序列号' } }, 'setting.PAY_SERIAL.malformed', 'A-F'],
  [
    'a key of 31',
    { settings: { PAY_API_V3_KEY: 'x'.repeat(31) } },
    'setting.PAY_API_V3_KEY.malformed',
    '不是32位',
  ],
  [
    'the certificate instead of the key',
    { settings: { PAY_PRIVATE_KEY: '-----BEGIN CERTIFICATE-----' } },
    'setting.PAY_PRIVATE_KEY.malformed',
    'apiclient_key.pem',
  ],
  [
    'half of the key',
    { settings: { PAY_PRIVATE_KEY: paySettings.PAY_PRIVATE_KEY.slice(0, 200) } },
    'setting.PAY_PRIVATE_KEY.malformed',
    'apiclient_key.pem',
  ],
  [
    'a platform key that is no JSON',
    { settings: { PAY_PLATFORM_KEYS: 'pub_key.pem' } },
    'setting.PAY_PLATFORM_KEYS.malformed',
    'npm run setup',
  ],
  ['another platform key', { settings: { PAY_PLATFORM_KEYS: anotherKey } }, 'pay.platform-key', '哪个公钥'],
  [
    'a signature that is not taken',
    { fault: { refuse: 'SIGN_ERROR', status: 401, words: '商户证书序列号有误' } },
    'pay.sign',
    'PAY_SERIAL',
  ],
  [
    'a merchant without transfers',
    { fault: { refuse: 'NO_AUTH', status: 403, words: '无权限' } },
    'pay.no-auth',
    '开通“商家转账”',
  ],
  [
    'an address that is not listed, through a relay',
    { fault: { refuse: 'INVALID_REQUEST', status: 400, words: '此IP地址不允许调用该接口' } },
    'pay.unlisted.relay',
    '加上中转 relay.example.cn 的公网IP；',
  ],
  ['WeChat Pay is unwell', { fault: 'system-error' }, 'pay.busy', '过几分钟'],
  ['the line is down', { fault: 'down' }, 'pay.unreachable', 'PAY_API_BASE'],
  ['somebody in between', { fault: 'bad-gateway' }, 'pay.unreachable', 'PAY_API_BASE'],
  ['nobody signed it', { fault: 'unsigned' }, 'pay.unreachable', 'PAY_API_BASE'],
  ['no account', { hasAccount: false }, 'pay.no-account', 'AppID'],
  ['payouts switched off', { shop: { payout: { mode: 'wallet' } } }, 'pay.switched-off', '设置 · 提现'],
  ['no public address', { shop: { publicUrl: null } }, 'setting.publicUrl.missing', '提现确认'],
])('%s is told, with what to do', async (_, given, code, words) => {
  const { findings } = await diagnosed(given);
  expect(findings.map((one) => one.code)).toEqual([code]);
  const { what, remedy } = inWords(findings[0] ?? { code: '', isFatal: false });
  expect(what + remedy).toContain(words);
  const said = JSON.stringify([findings, what, remedy]);
  expect(said).not.toContain(paySettings.PAY_PRIVATE_KEY.slice(40, 60));
  expect(said).not.toContain(paySettings.PAY_API_V3_KEY.slice(0, 12));
});

test('without a relay it is said first that no address could be listed', async () => {
  const { findings } = await diagnosed({
    settings: { PAY_API_BASE: 'https://api.mch.weixin.qq.com' },
    fault: { refuse: 'INVALID_REQUEST', status: 400, words: '此IP地址不允许调用该接口' },
  });
  expect(findings.map(({ code }) => code)).toEqual(['pay.no-relay', 'pay.unlisted.worker']);
});
