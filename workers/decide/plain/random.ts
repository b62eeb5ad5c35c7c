/** Chance without surprise: every draw follows from a secret seed and a label, so that a replay draws the same. */

/** 256 bits from HMAC-SHA256(secret, cause), as eight 32-bit words: nobody outside can guess them. */
export type Seed = readonly [number, number, number, number, number, number, number, number];

/** A stream of 32-bit words for one label: the label is absorbed into the seed, then sfc32 runs. */
function stream(seed: Seed, label: string): () => number {
  let [a, b, c, d] = [seed[0] ^ seed[4], seed[1] ^ seed[5], seed[2] ^ seed[6], seed[3] ^ seed[7]];
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let index = 0; index < label.length; index += 1) {
    a = (a ^ Math.imul(label.charCodeAt(index) + index, 0x9e3779b1)) | 0;
    next();
  }
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

const wordSize = 0x1_0000_0000;

/** A whole number from min to max, both included, each equally likely. */
export function drawBetween(seed: Seed, label: string, min: number, max: number): number {
  const span = max - min + 1;
  const next = stream(seed, label);
  // One word is not enough for bounds that lie more than 42 million yuan apart; 21 bits more fill a safe integer.
  const isWide = span > wordSize;
  const size = isWide ? 2 ** 53 : wordSize;
  const draw = (): number => (isWide ? (next() >>> 11) * wordSize + next() : next());
  // Draws at or above the last whole multiple of span would favour the small numbers.
  const limit = Math.floor(size / span) * span;
  let drawn = draw();
  while (drawn >= limit) drawn = draw();
  return min + (drawn % span);
}

/** Of a code; no I, L, O, U: it is read out and typed. */
export const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The last `length` digits of a whole number, in the characters of a code; below zero, as a till's broken clock may be, zero. */
export function codeOf(number: number, length: number): string {
  let code = '';
  for (let left = Math.max(0, number); code.length < length; left = Math.floor(left / 32))
    code = `${crockford[left % 32]}${code}`;
  return code;
}

/** A code of `length` characters of Crockford base32 (no I, L, O, U: it is read out at the till). */
export function drawCode(seed: Seed, label: string, length: number): string {
  const next = stream(seed, label);
  let code = '';
  while (code.length < length) code += crockford[next() >>> 27] ?? '';
  return code;
}
