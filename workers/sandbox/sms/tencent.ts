/** 模拟的 sms.tencentcloudapi.com: SendSms of 2021-01-11, signed with TC3-HMAC-SHA256. */
import { Hono, type Context } from 'hono';
import * as z from 'zod';
import { clockOf } from '../plain/clock.ts';
import { troubles } from '../state/faults.ts';
import type { Here, SandboxApp } from '../here.ts';
import { digitsOf } from '../plain/random.ts';
import { hmac, hmacHex, sha256 } from './digests.ts';
import { arrive, fill, isMobile, isOverLimit, signName, templateOf } from './send.ts';
import { faultOf, tencentLimits, type VariableFault } from './variable-rules.ts';

const clockOffMaxSeconds = 300;
const phonesMax = 200;

const respond = (response: object): Response =>
  Response.json({ Response: { ...response, RequestId: crypto.randomUUID() } });
const failed = (code: string, message: string): Response =>
  respond({ Error: { Code: code, Message: message } });

const Body = z.object({
  PhoneNumberSet: z.array(z.string()).min(1).max(phonesMax),
  SmsSdkAppId: z.string(),
  SignName: z.string(),
  TemplateId: z.string(),
  TemplateParamSet: z.array(z.string()).default([]),
  SessionContext: z.string().default(''),
});
type Body = z.infer<typeof Body>;

export const tencent = new Hono<SandboxApp>();

tencent.use(troubles(() => failed('InternalError', 'internal error')));
tencent.post('/', async (context) => {
  const text = await context.req.text();
  const fault = await signatureFault(context, text);
  if (fault !== null) return fault;
  const { req, env } = context;
  if (req.header('x-tc-action') !== 'SendSms') return failed('InvalidAction', 'no such action');
  if (req.header('x-tc-version') !== '2021-01-11') return failed('NoSuchVersion', 'no such version');
  if (!req.header('x-tc-region')) return failed('MissingParameter', 'X-TC-Region is missing');
  const body = Body.safeParse(jsonOf(text));
  if (!body.success) return failed('InvalidParameter', body.error.issues[0]?.message ?? '');
  if (body.data.SmsSdkAppId !== env.SMS_APP_ID) {
    return failed('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId 校验失败');
  }
  const statuses: object[] = [];
  for (const number of body.data.PhoneNumberSet) {
    statuses.push(await send(context.get('here'), body.data, number));
  }
  return respond({ SendStatusSet: statuses });
});

async function signatureFault({ req, env }: Context<SandboxApp>, text: string): Promise<Response | null> {
  const shape =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]+)\/sms\/tc3_request,\s*SignedHeaders=([^,]+),\s*Signature=(\w+)$/;
  const [whole, id = '', date = '', names = '', signature] =
    shape.exec(req.header('authorization') ?? '') ?? [];
  if (whole === undefined) return failed('AuthFailure.SignatureFailure', 'no Authorization of TC3');
  if (!env.SMS_KEY_ID || id !== env.SMS_KEY_ID) {
    return failed('AuthFailure.SecretIdNotFound', 'The SecretId is not found');
  }
  const timestamp = req.header('x-tc-timestamp') ?? '';
  const isNow = Math.abs(clockOf(env) / 1000 - Number(timestamp)) <= clockOffMaxSeconds;
  const isThatDay = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10) === date;
  if (!isNow || !isThatDay) return failed('AuthFailure.SignatureExpire', 'Signature expired');
  const { host } = new URL(req.url);
  const headers = names
    .split(';')
    .map((name) => `${name}:${(name === 'host' ? host : (req.header(name) ?? '')).trim().toLowerCase()}\n`);
  const asked = ['POST', '/', '', headers.join(''), names, await sha256(text)].join('\n');
  const words = `TC3-HMAC-SHA256\n${timestamp}\n${date}/sms/tc3_request\n${await sha256(asked)}`;
  const day = await hmac('SHA-256', `TC3${env.SMS_KEY_SECRET ?? ''}`, date);
  const key = await hmac('SHA-256', await hmac('SHA-256', day, 'sms'), 'tc3_request');
  const isGenuine = signature === (await hmacHex(key, words));
  return isGenuine
    ? null
    : failed('AuthFailure.SignatureFailure', 'The provided credentials could not be validated');
}

/** One number of the set: each has its own fate. */
async function send(here: Here, body: Body, number: string): Promise<object> {
  const phone = number.replace(/^\+?86/, '');
  const template = templateOf(body.TemplateId);
  const status = (Code: string, Message: string, SerialNo = '') => ({
    SerialNo,
    PhoneNumber: number,
    Fee: Code === 'Ok' ? 1 : 0,
    SessionContext: body.SessionContext,
    Code,
    Message,
    IsoCode: 'CN',
  });
  if (!isMobile(phone)) return status('InvalidParameterValue.IncorrectPhoneNumber', 'incorrect phone number');
  if (body.SignName !== signName) {
    return status('FailedOperation.SignatureIncorrectOrUnapproved', 'signature is not approved');
  }
  if (template === null)
    return status('FailedOperation.TemplateIncorrectOrUnapproved', 'template is not approved');
  const values = new Map(body.TemplateParamSet.map((value, index) => [String(index + 1), value]));
  const fault = faultOf(values.values(), template.kind, tencentLimits);
  if (fault !== null) return status(...refusals[fault]);
  const filled = fill(template, values);
  if (filled === null)
    return status('FailedOperation.TemplateParamSetNotMatchApprovedTemplate', 'a value is missing');
  if (await isOverLimit(here, phone, template.kind)) {
    return status('LimitExceeded.PhoneNumberThirtySecondLimit', 'the phone has had enough');
  }
  const text = `【${signName}】${filled}`;
  const serial = await arrive(here, { phone, kind: template.kind, text, data: { vendor: 'tencent' } });
  return status('Ok', 'send success', `2645:${serial}${digitsOf(6)}`);
}

const refusals: Readonly<Record<VariableFault, readonly [code: string, message: string]>> = {
  length: ['InvalidParameterValue.TemplateParameterLengthLimit', 'the template parameter is too long'],
  address: [
    'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
    'URL is prohibited in template parameters',
  ],
  sign: ['InvalidParameterValue.TemplateParameterFormatError', 'template parameter format error'],
  code: [
    'InvalidParameterValue.TemplateParameterFormatError',
    'Verification code template parameter format error',
  ],
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
