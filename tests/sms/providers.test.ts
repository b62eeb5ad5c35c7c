/** 短信服务商: signed as their documentation shows, and every answer judged. */
import { describe, expect, test } from 'vitest';
import { signAcs3 } from '../../workers/sms/acs3.ts';
import { aliyunBase, aliyunSms } from '../../workers/sms/aliyun.ts';
import type { SmsProvider, SmsSettings } from '../../workers/sms/define.ts';
import { signTc3 } from '../../workers/sms/tc3.ts';
import { tencentBase, tencentSms } from '../../workers/sms/tencent.ts';
import { silence } from '../support/silence.ts';

const now = Date.parse('2026-11-22T06:59:01.250Z');

type SentRequest = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
};

/** A line to the provider; a number is an HTTP status, an Error a broken line, `silence` no answer at all. */
function lineTo(answer: object | number | Error | string): {
  asked: SentRequest[];
  settings: (baseUrl: string) => SmsSettings;
} {
  const asked: SentRequest[] = [];
  const http: SmsSettings['http'] = async (request) => {
    asked.push({
      url: new URL(request.url),
      method: request.method,
      headers: request.headers,
      body: await request.text(),
    });
    if (answer === 'silence') return silence(request);
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'number') return new Response('<html>', { status: answer });
    return typeof answer === 'string' ? new Response(answer) : Response.json(answer);
  };
  return { asked, settings: (baseUrl) => ({ http, baseUrl, timeoutMs: 20, clock: () => now }) };
}

const providers = {
  aliyun: (settings: (base: string) => SmsSettings) =>
    aliyunSms(settings(aliyunBase), { id: 'key-id', secret: 'key-secret' }),
  tencent: (settings: (base: string) => SmsSettings) =>
    tencentSms(settings(tencentBase), {
      id: 'key-id',
      secret: 'key-secret',
      sdkAppId: '1400006666',
      region: 'ap-guangzhou',
    }),
} satisfies Record<string, (settings: (base: string) => SmsSettings) => SmsProvider>;

const message = {
  phone: '13912345487',
  templateId: 'SMS_100001',
  params: [
    { name: 'code', value: '1234' },
    { name: 'minutes', value: '5' },
  ],
  signName: '阳光小镇',
  text: '您的验证码是1234，5分钟内有效。',
};

describe('阿里云', () => {
  test('signs as the example of its documentation', async () => {
    // help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, 固定参数示例.
    const { query, headers } = await signAcs3(
      {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        action: 'RunInstances',
        version: '2014-05-26',
        query: {
          RegionId: 'cn-shanghai',
          ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        },
        date: '2023-10-26T10:22:32Z',
        nonce: '3156853299f313e23d1673dc12e1703d',
      },
      { id: 'YourAccessKeyId', secret: 'YourAccessKeySecret' },
    );
    expect(query).toBe('ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
    expect(headers['authorization']).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  test('escapes what encodeURIComponent leaves alone', async () => {
    const call = { host: 'h', action: 'A', version: 'V', date: 'D', nonce: 'N' };
    const { query } = await signAcs3(
      { ...call, query: { b: `a'(b)*!~ +&=/`, a: '奶' } },
      { id: 'i', secret: 's' },
    );
    expect(query).toBe('a=%E5%A5%B6&b=a%27%28b%29%2A%21~%20%2B%26%3D%2F');
  });

  test('is asked for one message, and its number is kept', async () => {
    const { asked, settings } = lineTo({ Code: 'OK', Message: 'OK', BizId: '9006^0', RequestId: 'F655' });
    expect(await providers.aliyun(settings).send(message)).toEqual({ verdict: 'sent', receipt: '9006^0' });
    const [call] = asked;
    expect([asked.length, call?.method, call?.url.origin, call?.url.pathname]).toEqual([
      1,
      'POST',
      aliyunBase,
      '/',
    ]);
    expect(Object.fromEntries(call?.url.searchParams ?? [])).toEqual({
      PhoneNumbers: '13912345487',
      SignName: '阳光小镇',
      TemplateCode: 'SMS_100001',
      TemplateParam: '{"code":"1234","minutes":"5"}',
    });
    expect(call?.headers.get('x-acs-action')).toBe('SendSms');
    expect(call?.headers.get('x-acs-date')).toBe('2026-11-22T06:59:01Z');
  });

  test.each<[string, object]>([
    ['isv.BUSINESS_LIMIT_CONTROL', { verdict: 'retry', afterSeconds: 3600 }],
    ['isp.SYSTEM_ERROR', { verdict: 'retry', afterSeconds: 30 }],
    ['isv.AMOUNT_NOT_ENOUGH', { verdict: 'retry', afterSeconds: 3600 }],
    ['Throttling.User', { verdict: 'retry', afterSeconds: 60 }],
    ['isv.SOMETHING_NEW', { verdict: 'retry', afterSeconds: null }],
    ['isv.MOBILE_NUMBER_ILLEGAL', { verdict: 'park' }],
    ['isv.SMS_TEMPLATE_ILLEGAL', { verdict: 'park' }],
    ['isv.DENY_IP_RANGE', { verdict: 'park', why: expect.stringContaining('境内的中转') }],
    ['SignatureDoesNotMatch', { verdict: 'park' }],
  ])('%s', async (Code, expected) => {
    const { settings } = lineTo({ Code, Message: '给13912345487发送失败' });
    const verdict = await providers.aliyun(settings).send(message);
    expect(verdict).toMatchObject(expected);
    expect('why' in verdict ? verdict.why : '').toContain(Code);
    expect(JSON.stringify(verdict)).not.toContain('13912345487');
  });
});

describe('腾讯云', () => {
  test('signs as the example of its documentation', async () => {
    // cloud.tencent.com/document/product/1108/42544, 签名方法 v3. The signature shown is that of the asterisks shown.
    const authorization = await signTc3(
      {
        host: 'cvm.tencentcloudapi.com',
        service: 'cvm',
        action: 'DescribeInstances',
        body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
        timestamp: 1_551_113_065,
      },
      { id: `AKID${'*'.repeat(32)}`, secret: '*'.repeat(32) },
    );
    expect(authorization).toBe(
      'TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    );
  });

  test('is asked for one message, and its number is kept', async () => {
    const status = {
      Code: 'Ok',
      Message: 'send success',
      SerialNo: '5000:1045710669157053657849499619',
      Fee: 1,
    };
    const { asked, settings } = lineTo({ Response: { SendStatusSet: [status], RequestId: 'a0aa' } });
    expect(await providers.tencent(settings).send(message)).toEqual({
      verdict: 'sent',
      receipt: '5000:1045710669157053657849499619',
    });
    const [call] = asked;
    expect([asked.length, call?.method, call?.url.href]).toEqual([1, 'POST', `${tencentBase}/`]);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      PhoneNumberSet: ['+8613912345487'],
      SmsSdkAppId: '1400006666',
      SignName: '阳光小镇',
      TemplateId: 'SMS_100001',
      TemplateParamSet: ['1234', '5'],
    });
    expect([...(call?.headers ?? [])].filter(([name]) => name.startsWith('x-tc-'))).toEqual([
      ['x-tc-action', 'SendSms'],
      ['x-tc-region', 'ap-guangzhou'],
      ['x-tc-timestamp', '1795330741'],
      ['x-tc-version', '2021-01-11'],
    ]);
    expect(call?.headers.get('authorization')).toMatch(
      /^TC3-HMAC-SHA256 Credential=key-id\/2026-11-22\/sms\/tc3_request, /,
    );
  });

  test.each<[string, object]>([
    ['LimitExceeded.PhoneNumberThirtySecondLimit', { verdict: 'retry', afterSeconds: 60 }],
    ['LimitExceeded.PhoneNumberDailyLimit', { verdict: 'retry', afterSeconds: 21_600 }],
    ['LimitExceeded.SomethingNew', { verdict: 'retry', afterSeconds: 3600 }],
    ['FailedOperation.InsufficientBalanceInSmsPackage', { verdict: 'retry', afterSeconds: 3600 }],
    ['FailedOperation.MarketingSendTimeConstraint', { verdict: 'retry', afterSeconds: 21_600 }],
    ['FailedOperation.PhoneNumberInBlacklist', { verdict: 'park' }],
    ['FailedOperation.SomethingNew', { verdict: 'park' }],
    ['InvalidParameterValue.IncorrectPhoneNumber', { verdict: 'park' }],
    ['InternalError.OtherError', { verdict: 'retry', afterSeconds: 30 }],
    ['InternalError.Timeout', { verdict: 'park' }],
    ['Brand.New', { verdict: 'retry', afterSeconds: null }],
  ])('%s', async (Code, expected) => {
    const status = { Code, Message: 'no +8613912345487', SerialNo: '' };
    const { settings } = lineTo({ Response: { SendStatusSet: [status], RequestId: 'a0aa' } });
    const verdict = await providers.tencent(settings).send(message);
    expect(verdict).toMatchObject(expected);
    expect('why' in verdict ? verdict.why : '').toContain(Code);
    expect(JSON.stringify(verdict)).not.toContain('13912345487');
  });

  test('a call that is refused as a whole is judged as well', async () => {
    const Error = {
      Code: 'AuthFailure.SignatureFailure',
      Message: 'The provided credentials could not be validated.',
    };
    const { settings } = lineTo({ Response: { Error, RequestId: 'a0aa' } });
    expect(await providers.tencent(settings).send(message)).toEqual({
      verdict: 'park',
      why: '短信的访问密钥不正确（AuthFailure.SignatureFailure The provided credentials could not be validated.）',
    });
  });
});

describe.each(Object.entries(providers))('%s', (_, provider) => {
  test.each<[string, Parameters<typeof lineTo>[0]]>([
    ['the line breaks', new Error('reset by 13912345487')],
    ['there is no answer in time', 'silence'],
    ['a relay answers 502', 502],
    ['the answer is no JSON', 'hm'],
    ['the answer is some other JSON', { hello: 'world' }],
    ['the answer is null', 'null'],
  ])('when %s, nobody knows whether it went out, and it is not sent twice', async (_name, answer) => {
    const { asked, settings } = lineTo(answer);
    const verdict = await provider(settings).send(message);
    expect(verdict).toMatchObject({ verdict: 'park', why: expect.stringContaining('避免重复') });
    expect(JSON.stringify(verdict)).not.toMatch(/13912345487|key-secret/);
    expect(asked).toHaveLength(1);
  });

  test.each([429, 503])('%d says that it did not go out: tried again later', async (status) => {
    const { settings } = lineTo(status);
    expect(await provider(settings).send(message)).toMatchObject({ verdict: 'retry', afterSeconds: null });
  });

  test('a name too long for its variable is shortened, and what cannot be shortened is not asked for', async () => {
    const { asked, settings } = lineTo(503);
    const long = '奶粉'.repeat(40);
    const told = (value: string) =>
      provider(settings).send({ ...message, params: [{ name: 'product', value }] });
    await told(long);
    const sent = decodeURIComponent(`${asked[0]?.url.search ?? ''}${asked[0]?.body ?? ''}`);
    expect(sent).toContain('奶粉奶粉');
    expect(sent).not.toContain(long.slice(0, 36));
    expect(await told('1'.repeat(36))).toMatchObject({ verdict: 'park' });
    expect(asked).toHaveLength(1);
  });
});
