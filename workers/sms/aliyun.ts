/**
 * 阿里云短信: SendSms of dysmsapi, version 2017-05-25. Source: help.aliyun.com/document_detail/55284.html (call), 101346.html
 * (codes). The API has no duplicate check, and refuses messages to mainland phones from addresses abroad (isv.DENY_IP_RANGE).
 */
import * as z from 'zod';
import { fitVariables } from './variables.ts';
import { signAcs3 } from './acs3.ts';
import { ask, unknown } from './call.ts';
import { refused, type Meaning, type SmsProvider, type SmsSettings } from './define.ts';

export type AliyunKey = { readonly id: string; readonly secret: string };

/** The signed host, even behind a relay. */
const host = 'dysmsapi.aliyuncs.com';
export const aliyunBase = `https://${host}`;

/** 通知短信: a variable of a template approved since January 2018 takes 35 characters (help.aliyun.com/document_detail/463270). */
const limits = { charactersMax: 35 };

const Reply = z.object({
  Code: z.string(),
  Message: z.string().default(''),
  BizId: z.string().nullish(),
});

export const aliyunSms = (settings: SmsSettings, key: AliyunKey): SmsProvider => ({
  name: 'aliyun',
  send: async ({ phone, templateId, params, signName }) => {
    const fitted = fitVariables(params, limits);
    if (!fitted.ok) return fitted.verdict;
    const values = Object.fromEntries(fitted.params.map(({ name, value }) => [name, value]));
    const { query, headers } = await signAcs3(
      {
        host,
        action: 'SendSms',
        version: '2017-05-25',
        query: {
          PhoneNumbers: phone,
          SignName: signName,
          TemplateCode: templateId,
          TemplateParam: JSON.stringify(values),
        },
        date: `${new Date(settings.clock()).toISOString().slice(0, 19)}Z`,
        nonce: crypto.randomUUID(),
      },
      key,
    );
    const url = `${settings.baseUrl.replace(/\/+$/, '')}/?${query}`;
    const told = await ask(settings, new Request(url, { method: 'POST', headers }));
    if (!told.ok) return told.verdict;
    const reply = Reply.safeParse(told.body);
    if (!reply.success) return unknown('回答无法识别').verdict;
    const { Code: code, Message: message, BizId: receipt } = reply.data;
    if (code === 'OK') return { verdict: 'sent', receipt: receipt ?? null };
    return refused({ code, message, phone }, (known) => meanings.get(known) ?? throttled(known));
  },
});

const retry = (afterSeconds: number, why: string): Meaning => ({ verdict: 'retry', afterSeconds, why });
const park = (why: string): Meaning => ({ verdict: 'park', why });

const throttled = (code: string): Meaning | null =>
  code.startsWith('Throttling') ? retry(60, '短信接口调用太频繁') : null;

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['isp.SYSTEM_ERROR', retry(30, '短信服务商系统错误')],
  ['ServiceUnavailable', retry(30, '短信服务商暂时不可用')],
  // The limit may be per minute, hour or day; the code does not say which.
  ['isv.BUSINESS_LIMIT_CONTROL', retry(3600, '给这个号码发得太频繁')],
  ['isv.DAY_LIMIT_CONTROL', retry(6 * 3600, '当天的短信发送上限已用完')],
  // A person has to act and may do so any minute, so it is retried.
  ['isv.AMOUNT_NOT_ENOUGH', retry(3600, '短信余额不足')],
  ['isv.OUT_OF_SERVICE', retry(3600, '短信服务已停机，请充值')],
  ['isv.MONTH_LIMIT_CONTROL', park('当月的短信发送上限已用完')],
  ['isv.MOBILE_NUMBER_ILLEGAL', park('手机号不正确')],
  ['isv.BLACK_KEY_CONTROL_LIMIT', park('短信内容被管控')],
  ['isv.SMS_CONTENT_ILLEGAL', park('短信内容含有禁止发送的内容')],
  ['isv.SMS_SIGN_ILLEGAL', park('短信签名被禁用')],
  ['isv.SMS_SIGNATURE_ILLEGAL', park('短信签名没有通过审核')],
  ['isv.SMS_SIGNATURE_SCENE_ILLEGAL', park('短信签名和模板的类型不一致')],
  ['isv.SIGN_STATE_ILLEGAL', park('短信签名不可用')],
  ['isv.SMS_TEMPLATE_ILLEGAL', park('短信模板没有通过审核')],
  ['isv.TEMPLATE_MISSING_PARAMETERS', park('短信模板缺少变量')],
  ['isv.TEMPLATE_PARAMS_ILLEGAL', park('短信模板的变量不符合要求')],
  ['isv.INVALID_PARAMETERS', park('短信参数不正确')],
  ['isv.INVALID_JSON_PARAM', park('短信变量不正确')],
  ['isv.PARAM_LENGTH_LIMIT', park('短信变量太长')],
  ['isv.PARAM_NOT_SUPPORT_URL', park('短信变量里不能有网址')],
  ['isv.DENY_IP_RANGE', park('阿里云不接受来自境外的请求，请让短信接口经由境内的中转发出')],
  ['isv.PRODUCT_UN_SUBSCRIPT', park('没有开通短信服务')],
  ['isv.PRODUCT_UNSUBSCRIBE', park('没有开通短信服务')],
  ['isv.ACCOUNT_NOT_EXISTS', park('短信账户不存在')],
  ['isv.ACCOUNT_ABNORMAL', park('短信账户异常')],
  ['isp.RAM_PERMISSION_DENY', park('访问密钥没有发短信的权限')],
  ['InvalidAccessKeyId.NotFound', park('访问密钥不存在')],
  ['SignatureDoesNotMatch', park('访问密钥不正确')],
]);
