/**
 * 微信签名: proves that a callback was made by someone who knows the account's token.
 *
 * The signature is the SHA-1, in lower-case hex, of the parts sorted and joined with nothing between them.
 * Source: developers.weixin.qq.com/doc/service/guide/dev/push/encryption.
 */

export type SignedParts = {
  readonly token: string;
  /** Seconds, as the text that came in the query: it is sorted as text. */
  readonly timestamp: string;
  /** Digits or letters. */
  readonly nonce: string;
  /**
   * The `Encrypt` text. With it this is `msg_signature`; without it, the plain `signature`, which does not
   * cover the body and so proves nothing about a POST.
   */
  readonly encrypt?: string;
};

/** 40 hex digits. */
export async function sign({ token, timestamp, nonce, encrypt }: SignedParts): Promise<string> {
  const parts = encrypt === undefined ? [token, timestamp, nonce] : [token, timestamp, nonce, encrypt];
  const joined = new TextEncoder().encode(parts.toSorted().join(''));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', joined));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether `signature` is the one these parts must have, in small letters or in capitals. Takes the same time wherever the first difference is. */
export async function isSigned(parts: SignedParts, signature: string): Promise<boolean> {
  const expected = await sign(parts);
  const offered = signature.toLowerCase();
  if (offered.length !== expected.length) return false;
  let difference = 0;
  for (let index = 0; index < expected.length; index += 1) {
    difference |= expected.charCodeAt(index) ^ offered.charCodeAt(index);
  }
  return difference === 0;
}
