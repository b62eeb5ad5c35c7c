/** Runs the vectors of WeChat and WeChat Pay, by their kind, through workers/wechat. */
import * as z from 'zod';
import { openMessage, sealMessage } from '../workers/wechat/crypto.ts';
import { signJssdk } from '../workers/wechat/jssdk.ts';
import { verifyNotification } from '../workers/wechat/pay/notification.ts';
import { importPrivateKey, importPublicKey } from '../workers/wechat/pay/pem.ts';
import { authorizePayRequest, payRequestBytes } from '../workers/wechat/pay/request.ts';
import { openAead, openResource, type OpenedResource, type PayResource } from '../workers/wechat/pay/resource.ts';
import { isRsaSigned } from '../workers/wechat/pay/rsa.ts';
import { isSigned } from '../workers/wechat/signature.ts';
import { parseXml, textOf } from '../workers/wechat/xml.ts';

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
type WechatVector = z.infer<typeof WechatVector>;

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
    case 'wechatpay-v3-aes-256-gcm': {
      const { encrypt, ciphertext, nonce, associatedData } = vector;
      const resource = { ciphertext: encrypt || ciphertext, nonce, associatedData };
      return resourceFault(await openWith(vector, resource), vector);
    }
    case 'wechatpay-v3-request-signature':
      return await requestFault(vector);
    case 'rsa-sha256-signature': {
      const key = await importPublicKey(vector.publicKey || vector.certificate || vector.platformCertificate);
      const signed = new TextEncoder().encode(vector.plaintext ?? '');
      return key && (await isRsaSigned(key, vector.signature, signed)) ? null : 'signature';
    }
    default:
      return 'unknown kind';
  }
}

const partsOf = ({ token, timestamp, nonce }: WechatVector) => ({ token, timestamp, nonce });

const messageFault = async (vector: WechatVector): Promise<string | null> =>
  (await isSigned({ ...partsOf(vector), encrypt: vector.encrypt }, vector.msgSignature)) ? null : 'msgSignature';

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
  const parsed = parseXml(opened.message);
  if (!parsed.ok) return parsed.why;
  return Object.entries(expectFields).find(([name, value]) => textOf(parsed.root, name) !== value)?.[0] ?? null;
}

async function sealFault({ plaintext, encodingAESKey, appId, random16 = '', encrypt }: WechatVector): Promise<string | null> {
  const random = (): Uint8Array => new TextEncoder().encode(random16);
  return (await sealMessage({ message: plaintext ?? '', encodingAESKey, appId }, random)) === encrypt ? null : 'encrypt';
}

const Notification = z.object({
  resource: z.object({ ciphertext: z.string(), nonce: z.string(), associated_data: z.string().default('') }),
});

async function notificationFault(vector: WechatVector): Promise<string | null> {
  const headers = new Headers(vector.headers);
  const key = await importPublicKey(vector.platformCertificate || vector.publicKey || vector.certificate);
  if (key === null) return 'certificate';
  const keys = new Map([[headers.get('wechatpay-serial') ?? '', key]]);
  const now = vector.now ?? Number(vector.timestamp || headers.get('wechatpay-timestamp'));
  const verdict = await verifyNotification({ headers, body: new TextEncoder().encode(vector.body) }, keys, now);
  if (verdict !== 'valid') return verdict;
  if (vector.plaintext == null) return null;
  const { ciphertext, nonce, associated_data: associatedData } = Notification.parse(JSON.parse(vector.body)).resource;
  return resourceFault(await openWith(vector, { ciphertext, nonce, associatedData }), vector);
}

/** One published fixture has a key of half the length, and says so. */
const openWith = async ({ apiV3Key, gcmAlg }: WechatVector, resource: PayResource): Promise<OpenedResource> =>
  gcmAlg === 'aes-128-gcm'
    ? await openAead(resource, new TextEncoder().encode(apiV3Key))
    : await openResource(resource, apiV3Key);

function resourceFault(opened: OpenedResource, { plaintext }: WechatVector): string | null {
  if (!opened.ok) return opened.why;
  return plaintext == null || opened.text === plaintext ? null : 'plaintext';
}

/** Where the private key was not published, the published signature must fit what we would sign. */
async function requestFault(vector: WechatVector): Promise<string | null> {
  const { method, url: path, timestamp, nonce, body, signature, mchid: mchId, serialNo } = vector;
  const request = { method, path, timestamp, nonce, body };
  const key = await importPublicKey(vector.certificate || vector.publicKey || vector.platformCertificate);
  if (key && !(await isRsaSigned(key, signature, payRequestBytes(request)))) return 'signature';
  const privateKey = vector.privateKey === '' ? null : await importPrivateKey(vector.privateKey);
  if (!key && !privateKey) return 'no key';
  if (!privateKey) return null;
  const header = await authorizePayRequest(request, { mchId, serialNo, privateKey });
  return header.includes(`signature="${signature}"`) ? null : 'authorization';
}
