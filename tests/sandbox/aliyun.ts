/** 阿里云短信 as its own client would send it to the simulator: signed in the third manner. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { settings, startsAt, type Sandbox } from './support.ts';

export const signName = '阳光小镇母婴';
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

export const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
export const canonical = (params: Record<string, string>): string =>
  Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');

export const business = (given: Record<string, string> = {}) => ({
  PhoneNumbers: '13600136003',
  SignName: signName,
  TemplateCode: 'SMS_100001',
  TemplateParam: '{"code":"1234"}',
  ...given,
});

/** Signed in the third manner: headers and the hash of an empty body. */
export async function sendSms(
  sandbox: Sandbox,
  given: Record<string, string> = {},
  secret: string = settings.SMS_KEY_SECRET,
): Promise<{ status: number; json: unknown }> {
  const query = canonical(business(given));
  const headers: Record<string, string> = {
    host: 'dysmsapi.aliyuncs.com',
    'x-acs-action': 'SendSms',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': new Date(startsAt).toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': '2017-05-25',
  };
  const names = Object.keys(headers).toSorted().join(';');
  const lines = Object.keys(headers)
    .toSorted()
    .map((name) => `${name}:${headers[name]}\n`);
  const asked = ['POST', '/', query, lines.join(''), names, sha256('')].join('\n');
  const signature = hmac(secret, `ACS3-HMAC-SHA256\n${sha256(asked)}`).toString('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${settings.SMS_KEY_ID},SignedHeaders=${names},Signature=${signature}`;
  const response = await sandbox.fetch(`https://dysmsapi.aliyuncs.com/?${query}`, {
    method: 'POST',
    headers: { ...headers, authorization },
  });
  return { status: response.status, json: (await response.json()) as unknown };
}
