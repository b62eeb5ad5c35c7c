/**
 * 微信支付密文: opens the `resource` of a notification, and a downloaded platform certificate.
 *
 * AES-256-GCM under the APIv3 key, the last 16 bytes of the cipher text being the tag.
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012071382; wechatpay-java AeadAesCipherTest.java.
 */

export type PayResource = {
  /** Base64. */
  readonly ciphertext: string;
  /** Twelve characters. */
  readonly nonce: string;
  readonly associatedData: string;
};

export type OpenedResource =
  | { readonly ok: true; readonly text: string }
  /** `bad-key`: not 32 bytes. `bad-content`: not base64, changed, or sealed with another key. */
  | { readonly ok: false; readonly why: 'bad-key' | 'bad-content' };

const keyBytes = 32;

/** `apiV3Key` is the 32 characters that the merchant chose in 商户平台. */
export async function openResource(resource: PayResource, apiV3Key: string): Promise<OpenedResource> {
  const key = new TextEncoder().encode(apiV3Key);
  if (key.length !== keyBytes) return { ok: false, why: 'bad-key' };
  return await openAead(resource, key);
}

/** The cipher alone. A key of 16 bytes makes it AES-128-GCM, as in WeChat's own Go tests; no merchant has such a key. */
export async function openAead(
  { ciphertext, nonce, associatedData }: PayResource,
  keyOfBytes: Uint8Array,
): Promise<OpenedResource> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  try {
    const key = await crypto.subtle.importKey('raw', keyOfBytes, 'AES-GCM', false, ['decrypt']);
    const cipher = Uint8Array.from(atob(ciphertext), (character) => character.charCodeAt(0));
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: encode(nonce), additionalData: encode(associatedData), tagLength: 128 },
      key,
      cipher,
    );
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain) };
  } catch {
    // WebCrypto does not say which it was, and neither does a safe receiver.
    return { ok: false, why: 'bad-content' };
  }
}
