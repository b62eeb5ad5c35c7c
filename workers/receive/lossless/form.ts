/** 表单: `application/x-www-form-urlencoded` fields, in the charset they were written in. */
import { decodeText } from './text.ts';

const fieldsMax = 200;

/** Null when an escape is broken, a field is repeated or there are too many, so that the form has one reading only. */
export function parseForm(text: string, charset: string | null = null): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  const pairs = text.trim().split('&').filter(Boolean);
  if (pairs.length > fieldsMax) return null;
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = decodeUrl(equals < 0 ? pair : pair.slice(0, equals), charset);
    const value = equals < 0 ? '' : decodeUrl(pair.slice(equals + 1), charset);
    if (name === null || value === null || name === '__proto__' || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

/** `+` is a space, as in every form; a plus sign is written %2B. */
export function decodeUrl(text: string, charset: string | null = null): string | null {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  const plain = new TextEncoder().encode(spaced);
  const bytes: number[] = [];
  for (let place = 0; place < plain.length; place += 1) {
    const byte = plain[place] ?? 0;
    if (byte !== 0x25) {
      bytes.push(byte);
      continue;
    }
    const hex = String.fromCharCode(plain[place + 1] ?? 0, plain[place + 2] ?? 0);
    if (!/^[\dA-Fa-f]{2}$/.test(hex)) return null;
    bytes.push(Number.parseInt(hex, 16));
    place += 2;
  }
  return decodeText(Uint8Array.from(bytes), charset);
}
