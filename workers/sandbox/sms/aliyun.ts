/** 模拟的 dysmsapi.aliyuncs.com: SendSms of 2017-05-25, signed in the third or in the first manner. */
import { Hono, type Context } from 'hono';
import { clockOf } from '../plain/clock.ts';
import { troubles } from '../state/faults.ts';
import type { Here, SandboxApp } from '../here.ts';
import { hexOf, randomBytes } from '../plain/random.ts';
import { hmacHex, hmacSha1Base64, sha256 } from './digests.ts';
import { arrive, fill, isMobile, isOverLimit, signName, templateOf } from './send.ts';
import { aliyunLimits, faultOf, type VariableFault } from './variable-rules.ts';

const clockOffMaxMs = 15 * 60_000;

const requestId = (): string => hexOf(randomBytes(16)).toUpperCase();

const result = (code: string, message: string, status = 200, more: object = {}): Response =>
  Response.json({ RequestId: requestId(), Code: code, Message: message, ...more }, { status });

export const aliyun = new Hono<SandboxApp>();

aliyun.use(
  troubles(() => result('ServiceUnavailable', 'The request has failed due to a temporary failure', 503)),
);
aliyun.all('/', async (context) => {
  const text = context.req.method === 'POST' ? await context.req.text() : '';
  const params = new URLSearchParams(new URL(context.req.url).search);
  const isForm = (context.req.header('content-type') ?? '').includes('x-www-form-urlencoded');
  if (isForm) for (const [name, value] of new URLSearchParams(text)) params.append(name, value);
  const fault = await signatureFault(context, params, text);
  if (fault !== null) return fault;
  const action = context.req.header('x-acs-action') ?? params.get('Action');
  const version = context.req.header('x-acs-version') ?? params.get('Version');
  if (action !== 'SendSms' || version !== '2017-05-25') {
    return result('InvalidAction.NotFound', 'Specified api is not found', 404);
  }
  return send(context.get('here'), params);
});

async function signatureFault(
  context: Context<SandboxApp>,
  params: URLSearchParams,
  text: string,
): Promise<Response | null> {
  const { env, req } = context;
  const [id = '', secret = ''] = [env.SMS_KEY_ID, env.SMS_KEY_SECRET];
  const authorization = req.header('authorization') ?? '';
  const third = /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=(\w+)$/.exec(
    authorization,
  );
  const givenId = third?.[1] ?? params.get('AccessKeyId') ?? '';
  if (id === '' || givenId !== id) return result('InvalidAccessKeyId.NotFound', 'no such access key', 404);
  const at = Date.parse(req.header('x-acs-date') ?? params.get('Timestamp') ?? '');
  if (!(Math.abs(clockOf(env) - at) <= clockOffMaxMs)) {
    return result('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.', 400);
  }
  const genuine =
    third === null
      ? params.get('Signature') === (await firstSignature(req.method, params, secret))
      : third[3] === (await thirdSignature(context, third[2] ?? '', text, secret));
  return genuine
    ? null
    : result('SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.', 400);
}

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const canonical = (params: URLSearchParams): string =>
  [...params]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');

function firstSignature(method: string, params: URLSearchParams, secret: string): Promise<string> {
  const signed = new URLSearchParams(params);
  signed.delete('Signature');
  return hmacSha1Base64(`${secret}&`, `${method}&%2F&${encode(canonical(signed))}`);
}

async function thirdSignature(
  { req }: Context<SandboxApp>,
  names: string,
  text: string,
  secret: string,
): Promise<string> {
  const url = new URL(req.url);
  const valueOf = (name: string): string => (name === 'host' ? url.host : (req.header(name) ?? '')).trim();
  const headers = names.split(';').map((name) => `${name}:${valueOf(name)}\n`);
  const asked = [req.method, '/', canonical(url.searchParams), headers.join(''), names, await sha256(text)];
  return hmacHex(secret, `ACS3-HMAC-SHA256\n${await sha256(asked.join('\n'))}`);
}

async function send(here: Here, params: URLSearchParams): Promise<Response> {
  const phone = (params.get('PhoneNumbers') ?? '').replace(/^\+?86/, '');
  const template = templateOf(params.get('TemplateCode') ?? '');
  if (!isMobile(phone)) return result('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号');
  if (params.get('SignName') !== signName) return result('isv.SMS_SIGNATURE_ILLEGAL', '短信签名不合法');
  if (template === null) return result('isv.SMS_TEMPLATE_ILLEGAL', '短信模板不合法');
  const values = valuesOf(params.get('TemplateParam'));
  if (values === null) return result('isv.INVALID_JSON_PARAM', 'TemplateParam 不是 JSON');
  const fault = faultOf(values.values(), template.kind, aliyunLimits);
  if (fault !== null) return result(...refusals[fault]);
  const filled = fill(template, values);
  if (filled === null) return result('isv.TEMPLATE_MISSING_PARAMETERS', '模板缺少变量');
  if (await isOverLimit(here, phone, template.kind)) {
    return result('isv.BUSINESS_LIMIT_CONTROL', '触发分钟级、小时级或天级流控');
  }
  const text = `【${signName}】${filled}`;
  const data = { vendor: 'aliyun', outId: params.get('OutId') };
  const msgid = await arrive(here, { phone, kind: template.kind, text, data });
  return result('OK', 'OK', 200, { BizId: msgid });
}

const refusals: Readonly<Record<VariableFault, readonly [code: string, message: string]>> = {
  length: ['isv.PARAM_LENGTH_LIMIT', '参数超过长度限制'],
  address: ['isv.PARAM_NOT_SUPPORT_URL', '变量不支持传入 URL'],
  sign: ['isv.TEMPLATE_PARAMS_ILLEGAL', '模板变量中存在无法识别的变量'],
  code: ['isv.TEMPLATE_PARAMS_ILLEGAL', '传入的变量内容和实际申请模板时变量所选择的属性类型不匹配'],
};

/** Text and numbers only; null for anything that is not an object of those. */
function valuesOf(json: string | null): ReadonlyMap<string, string> | null {
  try {
    const parsed: unknown = JSON.parse(json ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return null;
    return new Map(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
  } catch {
    return null;
  }
}
