/** 签名: no call is heard that the merchant has not signed, and no answer goes out that the platform has not. */
import { hexOf, randomBytes } from '../plain/random.ts';
import { isSignedBy, signWith } from './keys.ts';
import type { Account } from './merchant.ts';

const clockOffMaxSeconds = 300;
const scheme = 'WECHATPAY2-SHA256-RSA2048 ';

export type Problem = { readonly status: number; readonly code: string; readonly message: string };

export const problem = (status: number, code: string, message: string): Problem => ({
  status,
  code,
  message,
});

const unsigned = (message: string): Problem => problem(401, 'SIGN_ERROR', message);

/** Null when the call is the merchant's own, whole and of now. */
export async function problemIn(account: Account, request: Request, body: string): Promise<Problem | null> {
  const { headers, method, url } = request;
  if (!headers.get('user-agent')) return problem(403, 'RULE_LIMIT', '请求头中没有 User-Agent');
  if (!/application\/json|\*\/\*/.test(headers.get('accept') ?? '')) {
    return problem(406, 'PARAM_ERROR', 'Accept 应为 application/json');
  }
  if (body !== '' && !(headers.get('content-type') ?? '').startsWith('application/json')) {
    return problem(415, 'PARAM_ERROR', 'Content-Type 应为 application/json');
  }
  const wanted = headers.get('wechatpay-serial');
  if (wanted !== null && wanted !== account.platformId) {
    return problem(400, 'PARAM_ERROR', 'Wechatpay-Serial 不是本商户的微信支付公钥ID');
  }
  const authorization = headers.get('authorization') ?? '';
  const parts = Object.fromEntries(
    [...authorization.slice(scheme.length).matchAll(/(\w+)="([^"]*)"(?:,|$)/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const { mchid, nonce_str: nonce, timestamp, serial_no: serial, signature } = parts;
  if (!authorization.startsWith(scheme) || !mchid || !nonce || !timestamp || !serial || !signature) {
    return unsigned('Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》');
  }
  if (mchid !== account.mchId) return unsigned('商户号不存在');
  if (serial !== account.serialNo) return unsigned('商户证书序列号有误');
  if (!(Math.abs(account.clock() / 1000 - Number(timestamp)) <= clockOffMaxSeconds)) {
    return unsigned('Http头Authorization中的timestamp与发起请求的时间不得超过5分钟');
  }
  const { pathname, search } = new URL(url);
  const text = `${method}\n${pathname}${search}\n${timestamp}\n${nonce}\n${body}\n`;
  const isGenuine = await isSignedBy(account.merchantKey, signature, text);
  return isGenuine ? null : unsigned('错误的签名，验签失败');
}

export async function signedHeaders(account: Account, body: string): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(account.clock() / 1000));
  const nonce = hexOf(randomBytes(16));
  return {
    'content-type': 'application/json; charset=utf-8',
    'request-id': hexOf(randomBytes(16)).toUpperCase(),
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': account.platformId,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    'wechatpay-signature': await signWith(account.platformKey, `${timestamp}\n${nonce}\n${body}\n`),
  };
}

export async function answer(account: Account, status: number, content: object): Promise<Response> {
  const body = JSON.stringify(content);
  return new Response(body, { status, headers: await signedHeaders(account, body) });
}

export const refuse = (account: Account, { status, code, message }: Problem): Promise<Response> =>
  answer(account, status, { code, message });
