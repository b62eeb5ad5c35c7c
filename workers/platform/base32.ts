/** Bytes as lower-case Crockford base32, for ids that can be read out, typed and put into a URL. */

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** The first `length` digits; 5 bits each, so `bytes` must hold at least `length * 5 / 8`. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += digits[(held >> bits) & 31] ?? '';
    }
    if (text.length === length) break;
  }
  return text;
}
