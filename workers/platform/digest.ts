/** Hashes and new ids. Tokens and keys are looked up only by their hash. */
import { base32 } from './base32.ts';

export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const idDigits = 16;

/** Ids such as `c_…`: the prefix keeps nouns apart. */
export const newId = (prefix: string): string =>
  `${prefix}_${base32(crypto.getRandomValues(new Uint8Array(idDigits)), idDigits)}`;
