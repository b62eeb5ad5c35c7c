/** 支付的钥匙: the merchant's public key and the platform's private one, out of the settings. */
import { base64Of } from '../plain/random.ts';

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const derOf = (pem: string): Uint8Array => bytesOf(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''));

const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const sealing = { name: 'RSA-OAEP', hash: 'SHA-1' } as const;

export async function isSignedBy(publicPem: string, signature: string, text: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', derOf(publicPem), signing, false, ['verify']);
    return await crypto.subtle.verify(signing.name, key, bytesOf(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

export async function signWith(privatePem: string, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('pkcs8', derOf(privatePem), signing, false, ['sign']);
  const signature = await crypto.subtle.sign(signing.name, key, new TextEncoder().encode(text));
  return base64Of(new Uint8Array(signature));
}

/** 敏感字段: null unless it was sealed for this key. */
export async function unseal(privatePem: string, sealed: string): Promise<string | null> {
  try {
    const key = await crypto.subtle.importKey('pkcs8', derOf(privatePem), sealing, false, ['decrypt']);
    const plain = await crypto.subtle.decrypt({ name: sealing.name }, key, bytesOf(sealed));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    return null;
  }
}

/** AES-256-GCM under the merchant's APIv3 key, the tag at the end. */
export async function sealResource(
  apiV3Key: string,
  { nonce, associatedData, text }: { nonce: string; associatedData: string; text: string },
): Promise<string> {
  const encode = (words: string): Uint8Array => new TextEncoder().encode(words);
  const key = await crypto.subtle.importKey('raw', encode(apiV3Key), 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: encode(nonce), additionalData: encode(associatedData), tagLength: 128 },
    key,
    encode(text),
  );
  return base64Of(new Uint8Array(sealed));
}
