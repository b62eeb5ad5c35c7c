/**
 * 微信支付签名: RSA PKCS#1 v1.5 over SHA-256, in base64, of the bytes that each kind of message lays down; and the
 * sealing of what only WeChat Pay may read.
 */

/** `RSASSA-PKCS1-v1_5`; `verify` takes the same time whatever is wrong. */
export async function isRsaSigned(key: CryptoKey, signature: string, signed: Uint8Array): Promise<boolean> {
  const bytes = bytesOf(signature);
  if (bytes === null) return false;
  return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, signed);
}

export async function signRsa(key: CryptoKey, signed: Uint8Array): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, signed));
  return base64Of(bytes);
}

/** A sensitive field, such as a name, for the holder of the key (`importSealingKey`): base64, never twice the same. */
export async function sealRsa(key: CryptoKey, text: string): Promise<string> {
  const sealed = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, new TextEncoder().encode(text));
  return base64Of(new Uint8Array(sealed));
}

const signatureLengthMax = 1024;

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Null unless it is the one way to write these bytes. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  if (base64 === '' || base64.length > signatureLengthMax) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return base64Of(bytes) === base64 ? bytes : null;
  } catch {
    return null;
  }
}
