/** 短信体检: what is missing before a text can go out, in words the shop can act on. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { smsFindings, type SmsDeployment } from '../../../workers/commands/diagnosis/sms.ts';
import { inWords } from '../../../workers/pages/console/connections/findings.tsx';

const tencent: SmsDeployment = {
  provider: 'tencent',
  keyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3',
  hasSecret: true,
  appId: '1400006666',
  relay: null,
};
const aliyun: SmsDeployment = { ...tencent, provider: 'aliyun', appId: '', relay: 'relay.example.cn' };
const sms = { on: true, signName: '阳光小镇', templates: { code: { id: 'SMS_1', params: {} } } };

const codesOf = (deployment: SmsDeployment, chosen: object = sms): string[] =>
  smsFindings(deployment, MerchantSettings.parse({ sms: chosen })).map(({ code }) => code);

test('either provider that is set up well has nothing to say', () => {
  expect(codesOf(tencent)).toEqual([]);
  expect(codesOf(aliyun)).toEqual([]);
});

test.each<[string, string[], SmsDeployment, object?]>([
  ['none', ['sms.off'], { ...tencent, provider: 'none' }],
  ['no key', ['setting.SMS_KEY_ID.missing'], { ...tencent, keyId: '' }],
  ['a key with a space', ['setting.SMS_KEY_ID.malformed'], { ...tencent, keyId: 'AKID z8krbsJ5y' }],
  ['no secret', ['setting.SMS_KEY_SECRET.missing'], { ...tencent, hasSecret: false }],
  ['no app', ['setting.SMS_APP_ID.missing'], { ...tencent, appId: '' }],
  ['an app that is no number', ['setting.SMS_APP_ID.malformed'], { ...tencent, appId: 'huike' }],
  ['阿里云 without a relay', ['sms.no-relay'], { ...aliyun, relay: null }],
  ['switched off', ['sms.switched-off'], tencent, { ...sms, on: false }],
  ['no sign', ['sms.no-sign'], tencent, { ...sms, signName: '' }],
  ['no template for codes', ['sms.no-code-template'], tencent, { ...sms, templates: {} }],
])('%s is told, with what to do', (_, codes, deployment, chosen) => {
  expect(codesOf(deployment, chosen)).toEqual(codes);
  for (const code of codes) {
    const { what, remedy } = inWords({ code, isFatal: false });
    expect(what).not.toBe(code);
    expect(remedy.length).toBeGreaterThan(8);
  }
});
