/** Runs the vectors of WeChat Pay through workers/wechat/pay. */
import * as z from 'zod';
import { verifyNotification } from '../workers/wechat/pay/notification.ts';
import { importPrivateKey, importPublicKey } from '../workers/wechat/pay/pem.ts';
import { authorizePayRequest, payRequestBytes } from '../workers/wechat/pay/request.ts';
import {
  openAead,
  openResource,
  type OpenedResource,
  type PayResource,
} from '../workers/wechat/pay/resource.ts';
import { isRsaSigned } from '../workers/wechat/pay/rsa.ts';
import type { WechatVector } from './vectors-wechat.ts';

const Notification = z.object({
  resource: z.object({ ciphertext: z.string(), nonce: z.string(), associated_data: z.string().default('') }),
});

export async function notificationFault(vector: WechatVector): Promise<string | null> {
  const headers = new Headers(vector.headers);
  const key = await importPublicKey(vector.platformCertificate || vector.publicKey || vector.certificate);
  if (key === null) return 'certificate';
  const keys = new Map([[headers.get('wechatpay-serial') ?? '', key]]);
  const now = vector.now ?? Number(vector.timestamp || headers.get('wechatpay-timestamp'));
  const verdict = await verifyNotification(
    { headers, body: new TextEncoder().encode(vector.body) },
    keys,
    now,
  );
  if (verdict !== 'valid') return verdict;
  if (vector.plaintext == null) return null;
  const {
    ciphertext,
    nonce,
    associated_data: associatedData,
  } = Notification.parse(JSON.parse(vector.body)).resource;
  return plaintextFault(await openWith(vector, { ciphertext, nonce, associatedData }), vector);
}

/** One published fixture has a key of half the length, and says so. */
const openWith = async ({ apiV3Key, gcmAlg }: WechatVector, resource: PayResource): Promise<OpenedResource> =>
  gcmAlg === 'aes-128-gcm'
    ? await openAead(resource, new TextEncoder().encode(apiV3Key))
    : await openResource(resource, apiV3Key);

function plaintextFault(opened: OpenedResource, { plaintext }: WechatVector): string | null {
  if (!opened.ok) return opened.why;
  return plaintext == null || opened.text === plaintext ? null : 'plaintext';
}

/** Where the private key was not published, the published signature must fit what we would sign. */
export async function requestFault(vector: WechatVector): Promise<string | null> {
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

export async function resourceFault(vector: WechatVector): Promise<string | null> {
  const { encrypt, ciphertext, nonce, associatedData } = vector;
  const resource = { ciphertext: encrypt || ciphertext, nonce, associatedData };
  return plaintextFault(await openWith(vector, resource), vector);
}

export async function rsaFault(vector: WechatVector): Promise<string | null> {
  const key = await importPublicKey(vector.publicKey || vector.certificate || vector.platformCertificate);
  const signed = new TextEncoder().encode(vector.plaintext ?? '');
  return key && (await isRsaSigned(key, vector.signature, signed)) ? null : 'signature';
}
