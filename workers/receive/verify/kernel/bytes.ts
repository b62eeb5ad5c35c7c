/** Bytes in text form: whole hex, strict base64, and a constant-time comparison. */

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

export type Part = string | Uint8Array;

export function concat(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const chunks = parts.map((part) => (typeof part === 'string' ? utf8(part) : part));
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

const wholeHex = /^(?:[0-9a-fA-F]{2})+$/;

/**
 * A digest written in small letters or in capitals is the same digest. Null unless every character is hex and no half byte is left
 * over: a decoder that stops early compares a prefix.
 */
export function hexBytes(text: string): Uint8Array | null {
  if (!wholeHex.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let place = 0; place < bytes.length; place += 1) {
    bytes[place] = Number.parseInt(text.slice(place * 2, place * 2 + 2), 16);
  }
  return bytes;
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whole groups of four, and at the end one whose unused bits are zero. */
const strictBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

/** Null unless it is the canonical form: padded, standard alphabet, no left-over bits. */
export const base64Bytes = (text: string): Uint8Array<ArrayBuffer> | null =>
  strictBase64.test(text) ? base64BytesLoose(text) : null;

/** One character for each byte; a loop, because spreading or mapping costs ten times as much. */
export function binaryText(bytes: Uint8Array): string {
  let text = '';
  for (let place = 0; place < bytes.length; place += 1) text += String.fromCharCode(bytes[place] ?? 0);
  return text;
}

export const toBase64 = (bytes: Uint8Array): string => btoa(binaryText(bytes));

const looseLengthMax = 8192;

/** Lenient base64 for secrets: padding and left-over bits do not matter. */
export function base64BytesLoose(text: string): Uint8Array<ArrayBuffer> | null {
  if (text === '' || text.length > looseLengthMax || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let place = 0; place < bytes.length; place += 1) bytes[place] = binary.charCodeAt(place);
    return bytes;
  } catch {
    return null;
  }
}

/** Takes the same time wherever the first difference is; the length of a digest is no secret. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let place = 0; place < one.length; place += 1) difference |= (one[place] ?? 0) ^ (other[place] ?? 0);
  return difference === 0;
}
