/** Runs the vectors of WeChat and WeChat Pay, by their kind, through workers/wechat. */
import * as z from 'zod';
import { openMessage, sealMessage } from '../workers/wechat/crypto.ts';
import { parseJson } from '../workers/wechat/json.ts';
import { signJssdk } from '../workers/wechat/jssdk.ts';
import { isSigned } from '../workers/wechat/signature.ts';
import { parseXml, textOf } from '../workers/wechat/xml.ts';
import { notificationFault, requestFault, resourceFault, rsaFault } from './vectors-pay.ts';

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? '' : String(value)));

export const WechatVector = z.object({
  id: z.string(),
  kind: z.string(),
  valid: z.boolean().default(true),
  must_reject: z.boolean().default(false),
  now: z.number().optional(),
  token: text,
  timestamp: text,
  nonce: text,
  signature: text,
  msgSignature: text,
  encodingAESKey: text,
  appId: text,
  encrypt: text,
  ciphertext: text,
  plaintext: z.string().nullish(),
  random16: z.string().optional(),
  expectFields: z.record(z.string(), z.string()).optional(),
  jsapiTicket: text,
  url: text,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  body: text,
  headers: z.record(z.string(), z.string()).default({}),
  mchid: text,
  serialNo: text,
  apiV3Key: text,
  associatedData: text,
  gcmAlg: z.string().optional(),
  privateKey: text,
  publicKey: text,
  certificate: text,
  platformCertificate: text,
});
export type WechatVector = z.infer<typeof WechatVector>;

/** Null when everything is as the vector says; otherwise what is not. */
export async function runWechatVector(vector: WechatVector): Promise<string | null> {
  switch (vector.kind) {
    case 'plain-signature':
      return (await isSigned(partsOf(vector), vector.signature)) ? null : 'signature';
    case 'msg-signature-only':
      return await messageFault(vector);
    case 'encrypted-message':
    case 'encrypted-message-json':
    case 'encrypted-message-wecom':
    case 'encrypted-echostr':
    case 'encrypted-echostr-wecom':
      return (await signatureFaults(vector)) ?? (await openFault(vector));
    case 'encrypt-deterministic':
      return (await signatureFaults(vector)) ?? (await openFault(vector)) ?? (await sealFault(vector));
    case 'jssdk-signature': {
      const { jsapiTicket: ticket, nonce, timestamp, url, signature } = vector;
      return (await signJssdk({ ticket, nonce, timestamp, url })) === signature ? null : 'signature';
    }
    case 'wechatpay-v3-notification':
      return await notificationFault(vector);
    case 'wechatpay-v3-aes-256-gcm':
      return await resourceFault(vector);
    case 'wechatpay-v3-request-signature':
      return await requestFault(vector);
    case 'rsa-sha256-signature':
      return await rsaFault(vector);
    default:
      return 'unknown kind';
  }
}

const partsOf = ({ token, timestamp, nonce }: WechatVector) => ({ token, timestamp, nonce });

const messageFault = async (vector: WechatVector): Promise<string | null> =>
  (await isSigned({ ...partsOf(vector), encrypt: vector.encrypt }, vector.msgSignature))
    ? null
    : 'msgSignature';

async function signatureFaults(vector: WechatVector): Promise<string | null> {
  if (vector.signature !== '' && !(await isSigned(partsOf(vector), vector.signature))) return 'signature';
  return vector.msgSignature === '' ? null : await messageFault(vector);
}

async function openFault(vector: WechatVector): Promise<string | null> {
  const { encrypt, encodingAESKey, appId, plaintext, expectFields = {} } = vector;
  const opened = await openMessage({ encrypt, encodingAESKeys: [encodingAESKey], appId });
  if (!opened.ok) return opened.why;
  if (plaintext != null && opened.message !== plaintext) return 'plaintext';
  if (Object.keys(expectFields).length === 0) return null;
  const isJson = opened.message.trimStart().startsWith('{');
  const parsed = isJson ? parseJson(opened.message) : parseXml(opened.message);
  if (!parsed.ok) return parsed.why;
  return (
    Object.entries(expectFields).find(([name, value]) => textOf(parsed.root, name) !== value)?.[0] ?? null
  );
}

async function sealFault({
  plaintext,
  encodingAESKey,
  appId,
  random16 = '',
  encrypt,
}: WechatVector): Promise<string | null> {
  const random = (): Uint8Array => new TextEncoder().encode(random16);
  return (await sealMessage({ message: plaintext ?? '', encodingAESKey, appId }, random)) === encrypt
    ? null
    : 'encrypt';
}
