import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { business, canonical, encode, hmac, sendSms, sha256, signName } from './aliyun.ts';
import { settings, startSandbox, startsAt, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.act('/control', { clockAheadMs: 0 }));

const arrived = (phone: string) => sandbox.items(`/sms?phone=${phone}`);

const named = (name: string) => ({
  TemplateCode: 'SMS_100002',
  TemplateParam: JSON.stringify({ name, date: '2026-12-06' }),
});

describe('Aliyun', () => {
  const third = (given: Record<string, string> = {}, secret?: string) => sendSms(sandbox, given, secret);

  test('delivers what is signed in its third manner', async () => {
    expect(await third()).toMatchObject({ status: 200, json: { Code: 'OK', BizId: expect.any(String) } });
    expect((await arrived('13600136003'))[0]).toMatchObject({
      kind: 'code',
      text: '【阳光小镇母婴】您的验证码是1234，5分钟内有效，请勿告诉他人。',
    });
  });

  test('and in its first', async () => {
    const params: Record<string, string> = {
      ...business({ PhoneNumbers: '13600136004' }),
      AccessKeyId: settings.SMS_KEY_ID,
      Action: 'SendSms',
      Format: 'JSON',
      SignatureMethod: 'HMAC-SHA1',
      SignatureNonce: randomUUID(),
      SignatureVersion: '1.0',
      Timestamp: new Date(startsAt).toISOString().replace(/\.\d+/, ''),
      Version: '2017-05-25',
    };
    const words = `GET&%2F&${encode(canonical(params))}`;
    const signature = createHmac('sha1', `${settings.SMS_KEY_SECRET}&`).update(words).digest('base64');
    const url = `https://dysmsapi.aliyuncs.com/?${canonical({ ...params, Signature: signature })}`;
    expect(await (await sandbox.fetch(url)).json()).toMatchObject({ Code: 'OK' });
    const forged = `https://dysmsapi.aliyuncs.com/?${canonical({ ...params, Signature: 'x', PhoneNumbers: '13600136009' })}`;
    expect(await (await sandbox.fetch(forged)).json()).toMatchObject({ Code: 'SignatureDoesNotMatch' });
  });

  test('refuses another secret', async () => {
    expect(await third({}, 'other')).toMatchObject({ status: 400, json: { Code: 'SignatureDoesNotMatch' } });
  });

  test.each<[string, Record<string, string>, string]>([
    ['a number that is none', { PhoneNumbers: '123' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['another shop’s signature', { SignName: '别家' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
    ['a template nobody approved', { TemplateCode: 'SMS_1' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a value that is missing', { TemplateParam: '{}' }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
    ['values that are no JSON', { TemplateParam: 'x' }, 'isv.INVALID_JSON_PARAM'],
    ['a code that is none', { TemplateParam: '{"code":"12345678"}' }, 'isv.TEMPLATE_PARAMS_ILLEGAL'],
    ['a name of 36 characters', named('奶'.repeat(36)), 'isv.PARAM_LENGTH_LIMIT'],
    ['an address in a name', named('https://a.example'), 'isv.PARAM_NOT_SUPPORT_URL'],
    ['an emoji in a name', named('小王🌸'), 'isv.TEMPLATE_PARAMS_ILLEGAL'],
    ['a signature in a name', named('【某店】'), 'isv.TEMPLATE_PARAMS_ILLEGAL'],
  ])('refuses %s', async (_, given, code) => {
    expect(await third({ PhoneNumbers: '13600136005', ...given })).toMatchObject({
      status: 200,
      json: { Code: code },
    });
  });

  test('sends a code once a minute, five times an hour and ten times a day to one phone', async () => {
    const phone = '13600136006';
    const send = async () => (await third({ PhoneNumbers: phone })).json;
    const limited = expect.objectContaining({ Code: 'isv.BUSINESS_LIMIT_CONTROL' });
    expect(await send()).toMatchObject({ Code: 'OK' });
    expect(await send()).toEqual(limited);
    for (let sent = 1; sent < 5; sent += 1) {
      await sandbox.act('/control', { clockAheadMs: sent * 61_000 });
      expect(await send()).toMatchObject({ Code: 'OK' });
    }
    await sandbox.act('/control', { clockAheadMs: 10 * 61_000 });
    expect(await send()).toEqual(limited);
    for (let sent = 0; sent < 5; sent += 1) {
      await sandbox.act('/control', { clockAheadMs: (70 + 2 * sent) * 60_000 });
      expect(await send()).toMatchObject({ Code: 'OK' });
    }
    await sandbox.act('/control', { clockAheadMs: 180 * 60_000 });
    expect(await send()).toEqual(limited);
    expect(await arrived(phone)).toHaveLength(10);
  });
});

describe('Tencent', () => {
  async function send(given: object = {}, { secret = settings.SMS_KEY_SECRET, ageSeconds = 0 } = {}) {
    const body = JSON.stringify({
      PhoneNumberSet: ['+8613600136007'],
      SmsSdkAppId: settings.SMS_APP_ID,
      SignName: signName,
      TemplateId: '1000002',
      TemplateParamSet: ['周婷', '2026-12-06'],
      ...given,
    });
    const host = 'sms.tencentcloudapi.com';
    const timestamp = startsAt / 1000 - ageSeconds;
    const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
    const type = 'application/json; charset=utf-8';
    const asked = `POST\n/\n\ncontent-type:${type}\nhost:${host}\n\ncontent-type;host\n${sha256(body)}`;
    const scope = `${date}/sms/tc3_request`;
    const key = hmac(hmac(hmac(`TC3${secret}`, date), 'sms'), 'tc3_request');
    const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(asked)}`).toString('hex');
    const response = await sandbox.fetch(`https://${host}/`, {
      method: 'POST',
      body,
      headers: {
        authorization: `TC3-HMAC-SHA256 Credential=${settings.SMS_KEY_ID}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
        'content-type': type,
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': 'ap-guangzhou',
        'x-tc-timestamp': String(timestamp),
      },
    });
    return (await response.json()) as unknown;
  }
  const status = (code: string) => ({ Response: { SendStatusSet: [{ Code: code }] } });

  test('delivers what is signed', async () => {
    expect(await send()).toMatchObject({
      Response: {
        RequestId: expect.any(String),
        SendStatusSet: [{ Code: 'Ok', Fee: 1, SerialNo: expect.any(String) }],
      },
    });
    expect(await arrived('13600136007')).toMatchObject([
      {
        kind: 'notice',
        text: '【阳光小镇母婴】周婷您好，您在本店有一份会员礼待领取，截止2026-12-06。拒收请回复R',
      },
    ]);
  });

  test('refuses another secret, and a signature of six minutes ago', async () => {
    const error = (code: string) => ({ Response: { Error: { Code: code } } });
    expect(await send({}, { secret: 'other' })).toMatchObject(error('AuthFailure.SignatureFailure'));
    expect(await send({}, { ageSeconds: 360 })).toMatchObject(error('AuthFailure.SignatureExpire'));
    expect(await send({ SmsSdkAppId: '1' })).toMatchObject(
      error('UnauthorizedOperation.SmsSdkAppIdVerifyFail'),
    );
  });

  test.each<[string, object, string]>([
    ['a number that is none', { PhoneNumberSet: ['+86123'] }, 'InvalidParameterValue.IncorrectPhoneNumber'],
    ['another shop’s signature', { SignName: '别家' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    ['a template nobody approved', { TemplateId: '1' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    [
      'a value that is missing',
      { TemplateParamSet: [] },
      'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
    ],
    [
      'a name of thirteen characters',
      { TemplateParamSet: ['奶'.repeat(13), '2026-12-06'] },
      'InvalidParameterValue.TemplateParameterLengthLimit',
    ],
    [
      'an address in a name',
      { TemplateParamSet: ['www.a.cn', '2026-12-06'] },
      'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
    ],
    [
      'a price in a name',
      { TemplateParamSet: ['¥188', '2026-12-06'] },
      'InvalidParameterValue.TemplateParameterFormatError',
    ],
    [
      'a code of letters',
      { TemplateId: '1000001', TemplateParamSet: ['ab12'] },
      'InvalidParameterValue.TemplateParameterFormatError',
    ],
  ])('says of each number what became of it: %s', async (_, given, code) => {
    expect(await send({ PhoneNumberSet: ['13600136008'], ...given })).toMatchObject(status(code));
  });
});
