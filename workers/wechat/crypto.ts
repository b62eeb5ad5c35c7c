/**
 * 消息加解密: seals and opens the `Encrypt` text of a callback in safe mode.
 *
 * AES-256-CBC under a 32-byte key whose first half is the IV; the plain bytes are
 * random(16) + length(4, big-endian) + message + appId, padded PKCS#7-wise to 32 bytes.
 * Source: developers.weixin.qq.com/doc/service/guide/dev/push/encryption.
 */

const blockBytes = 32;
const cipherBlockBytes = 16;
const randomBytes = 16;
const lengthBytes = 4;
const headBytes = randomBytes + lengthBytes;

export type Opened =
  /** `encodingAESKey` is the key that fitted: answer with the same one. */
  | { readonly ok: true; readonly message: string; readonly encodingAESKey: string }
  | {
      readonly ok: false;
      readonly why: 'bad-key' | 'not-base64' | 'bad-length' | 'bad-content' | 'foreign-app';
    };

/**
 * Opens `encrypt`. Verify `msg_signature` first: without it a caller learns from the answers.
 * Give the current EncodingAESKey and, while one is being changed, the former after it.
 * `foreign-app` means that it opened, but was sealed for another account than `appId`.
 */
export async function openMessage(sealed: {
  readonly encrypt: string;
  readonly encodingAESKeys: readonly string[];
  readonly appId: string;
}): Promise<Opened> {
  const cipher = bytesOf(sealed.encrypt);
  if (cipher === null) return { ok: false, why: 'not-base64' };
  if (cipher.length === 0 || cipher.length % blockBytes !== 0) return { ok: false, why: 'bad-length' };

  let answer: Opened = { ok: false, why: 'bad-key' };
  for (const encodingAESKey of sealed.encodingAESKeys) {
    const key = await keyOf(encodingAESKey);
    if (key === null) continue;
    const content = readContent(await decrypt(key, cipher));
    if (content === null) {
      if (answer.why === 'bad-key') answer = { ok: false, why: 'bad-content' };
      continue;
    }
    if (content.appId === sealed.appId) return { ok: true, message: content.message, encodingAESKey };
    answer = { ok: false, why: 'foreign-app' };
  }
  return answer;
}

/**
 * Seals a message and returns the base64 for `Encrypt`. `random` gives the 16 leading bytes and exists so that
 * tests can repeat a ciphertext. A key that is not 43 base64 characters is a configuration error and throws.
 */
export async function sealMessage(
  plain: { readonly message: string; readonly encodingAESKey: string; readonly appId: string },
  random: () => Uint8Array = () => crypto.getRandomValues(new Uint8Array(randomBytes)),
): Promise<string> {
  const key = await keyOf(plain.encodingAESKey);
  if (key === null) throw new Error('The EncodingAESKey is not 43 base64 characters; copy it again.');
  const message = new TextEncoder().encode(plain.message);
  const appId = new TextEncoder().encode(plain.appId);

  const used = headBytes + message.length + appId.length;
  const padding = blockBytes - (used % blockBytes);
  // Filled with the padding's value first, so what is not written over is the padding.
  const bytes = new Uint8Array(used + padding).fill(padding);
  bytes.set(random(), 0);
  new DataView(bytes.buffer).setUint32(randomBytes, message.length);
  bytes.set(message, headBytes);
  bytes.set(appId, headBytes + message.length);

  const cipher = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: key.iv }, key.aes, bytes));
  // WebCrypto adds a 16-byte block of padding of its own.
  return base64Of(cipher.subarray(0, -cipherBlockBytes));
}

type Key = { readonly aes: CryptoKey; readonly iv: Uint8Array<ArrayBuffer> };

async function keyOf(encodingAESKey: string): Promise<Key | null> {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAESKey)) return null;
  // 43 random characters usually leave bits over, which strict base64 decoders refuse; atob drops them.
  const raw = bytesOf(`${encodingAESKey}=`);
  if (raw === null) return null;
  const aes = await crypto.subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt', 'decrypt']);
  return { aes, iv: raw.slice(0, cipherBlockBytes) };
}

/**
 * WebCrypto insists on removing 16-byte padding, and refuses the 17 to 32 bytes that WeChat often adds. So a block
 * of exactly that padding, chained to the last one, is appended for it to remove; ours stays on.
 */
async function decrypt({ aes, iv }: Key, cipher: Uint8Array): Promise<Uint8Array> {
  const lastBlock = cipher.slice(-cipherBlockBytes);
  const extra = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, aes, new Uint8Array(0));
  const whole = new Uint8Array(cipher.length + cipherBlockBytes);
  whole.set(cipher);
  whole.set(new Uint8Array(extra), cipher.length);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, whole));
}

function readContent(padded: Uint8Array): { message: string; appId: string } | null {
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > blockBytes || padded.length - padding < headBytes) return null;
  if (!padded.subarray(-padding).every((byte) => byte === padding)) return null;

  const bytes = padded.subarray(0, -padding);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(randomBytes);
  if (length > bytes.length - headBytes) return null;
  const message = bytes.subarray(headBytes, headBytes + length);
  try {
    return {
      // WeChat cuts what a person said where it likes: half of a character is no reason to lose the message.
      message: new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(message),
      appId: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        bytes.subarray(headBytes + length),
      ),
    };
  } catch {
    // Not UTF-8: the wrong key, or bytes someone changed.
    return null;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
