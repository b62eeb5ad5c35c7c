/**
 * 腾讯云短信: SendSms of sms.tencentcloudapi.com, version 2021-01-11.
 *
 * Source: cloud.tencent.com/document/api/382/55981 (call), 382/59177 and 382/52075 (codes).
 */
import * as z from 'zod';
import { ask, unknown } from './call.ts';
import { refused, type Meaning, type SmsProvider, type SmsSettings, type SmsVerdict } from './define.ts';
import { fitVariables } from './variables.ts';
import { signTc3, tc3ContentType } from './tc3.ts';

export type TencentKey = {
  readonly id: string;
  readonly secret: string;
  readonly sdkAppId: string;
  /** Such as `ap-guangzhou`. */
  readonly region: string;
};

/** The signed host, even behind a relay. */
const host = 'sms.tencentcloudapi.com';
export const tencentBase = `https://${host}`;
const action = 'SendSms';

/**
 * 正文模板变量: twelve characters for an account of a person (tencentcloud.com/document/product/382/40659). Those of companies are
 * not limited there, but the account does not say whose it is.
 */
const limits = { charactersMax: 12 };

const Reply = z.object({
  Response: z.union([
    z.object({ Error: z.object({ Code: z.string(), Message: z.string().default('') }) }),
    z.object({
      SendStatusSet: z
        .array(
          z.object({ Code: z.string(), Message: z.string().default(''), SerialNo: z.string().nullish() }),
        )
        .length(1),
    }),
  ]),
});

export const tencentSms = (settings: SmsSettings, key: TencentKey): SmsProvider => ({
  name: 'tencent',
  send: async ({ phone, templateId, params, signName }) => {
    const fitted = fitVariables(params, limits);
    if (!fitted.ok) return fitted.verdict;
    const body = JSON.stringify({
      PhoneNumberSet: [`+86${phone}`],
      SmsSdkAppId: key.sdkAppId,
      SignName: signName,
      TemplateId: templateId,
      TemplateParamSet: fitted.params.map(({ value }) => value),
    });
    const timestamp = Math.floor(settings.clock() / 1000);
    const headers = {
      authorization: await signTc3({ host, service: 'sms', action, body, timestamp }, key),
      'content-type': tc3ContentType,
      'x-tc-action': action,
      'x-tc-version': '2021-01-11',
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': key.region,
    };
    const told = await ask(settings, new Request(settings.baseUrl, { method: 'POST', headers, body }));
    if (!told.ok) return told.verdict;
    const reply = Reply.safeParse(told.body);
    if (!reply.success) return unknown('回答无法识别').verdict;
    const response = reply.data.Response;
    if ('Error' in response) return refusedAs(response.Error, phone);
    const [status] = response.SendStatusSet;
    if (!status) return unknown('回答无法识别').verdict;
    return status.Code === 'Ok'
      ? { verdict: 'sent', receipt: status.SerialNo ?? null }
      : refusedAs(status, phone);
  },
});

const refusedAs = (
  { Code: code, Message: message }: { Code: string; Message: string },
  phone: string,
): SmsVerdict => refused({ code, message, phone }, meaningOf);

const retry = (afterSeconds: number, why: string): Meaning => ({ verdict: 'retry', afterSeconds, why });
const park = (why: string): Meaning => ({ verdict: 'park', why });

/** The whole code first, then the family before its dot. */
const meaningOf = (code: string): Meaning | null =>
  meanings.get(code) ?? meanings.get(code.split('.')[0] ?? '') ?? null;

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['InternalError', retry(30, '短信服务商系统错误')],
  // It is unknown whether it was sent.
  ['InternalError.Timeout', park('短信服务商处理超时，不知道是否已经发出')],
  ['RequestLimitExceeded', retry(60, '短信接口调用太频繁')],
  ['LimitExceeded', retry(3600, '超过了短信的发送限制')],
  ['LimitExceeded.DeliveryFrequencyLimit', retry(60, '给这个号码发得太频繁')],
  ['LimitExceeded.PhoneNumberThirtySecondLimit', retry(60, '给这个号码30秒内发得太多')],
  ['LimitExceeded.PhoneNumberOneHourLimit', retry(3600, '给这个号码1小时内发得太多')],
  ['LimitExceeded.PhoneNumberDailyLimit', retry(6 * 3600, '给这个号码当天发得太多')],
  ['LimitExceeded.AppDailyLimit', retry(6 * 3600, '当天的短信发送上限已用完')],
  // Allowed only between 8 and 22 o'clock.
  ['FailedOperation.MarketingSendTimeConstraint', retry(6 * 3600, '营销短信只能在8点到22点发送')],
  // A person has to act and may do so any minute, so it is retried.
  ['FailedOperation.InsufficientBalanceInSmsPackage', retry(3600, '短信套餐包余量不足')],
  ['FailedOperation', park('短信服务商不能发这条短信')],
  ['FailedOperation.ContainSensitiveWord', park('短信内容含有敏感词')],
  ['FailedOperation.PhoneNumberInBlacklist', park('这个号码退订了短信，或在运营商的免打扰名单里')],
  ['FailedOperation.SignatureIncorrectOrUnapproved', park('短信签名没有通过审核')],
  ['FailedOperation.TemplateIncorrectOrUnapproved', park('短信模板没有通过审核')],
  ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', park('短信变量和模板不一致')],
  ['InvalidParameterValue.IncorrectPhoneNumber', park('手机号不正确')],
  ['InvalidParameterValue.ContentLengthLimit', park('短信太长')],
  ['InvalidParameterValue.TemplateParameterLengthLimit', park('短信变量太长')],
  ['InvalidParameterValue.TemplateParameterFormatError', park('短信变量不符合要求')],
  ['InvalidParameterValue.ProhibitedUseUrlInTemplateParameter', park('短信变量里不能有网址')],
  ['InvalidParameterValue', park('短信参数不正确')],
  ['InvalidParameter', park('短信参数不正确')],
  ['MissingParameter', park('短信参数不全')],
  ['AuthFailure', park('短信的访问密钥不正确')],
  ['UnauthorizedOperation', park('短信的访问密钥没有权限')],
  ['UnsupportedOperation', park('短信服务商不支持这样发')],
]);
