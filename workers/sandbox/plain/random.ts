/** Numbers and names nobody can guess, as long and as odd as the real ones. */

export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Letters, digits, `-` and `_`. */
export const wordOf = (byteCount: number): string =>
  base64Of(randomBytes(byteCount)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

export const digitsOf = (length: number): string =>
  Array.from(randomBytes(length), (byte) => String(byte % 10)).join('');

/** 64 bits as text, past 2^53: whoever reads it as a number finds out here. */
export function newMessageId(): string {
  const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return String(4_000_000_000_000_000_000n + (random >> 2n));
}

/** SHA-256 in hex: the same for the same content. */
export async function digestOf(content: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
