/** 只有一种读法: JSON in which no key stands twice, because two readers would see two different bodies; for tills and the API alike. */
import { depthMax } from './scan.ts';

export type Strict =
  | { readonly ok: true; readonly value: unknown }
  /** `key` stands twice. */
  | { readonly ok: false; readonly why: string; readonly key?: string };

export function readStrict(text: string): Strict {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'the body is not JSON' };
  }
  const repeated = duplicateKey(text);
  if (repeated === null) return { ok: true, value };
  if (typeof repeated === 'string')
    return { ok: false, why: 'a key stands twice in one object', key: repeated };
  return { ok: false, why: `the body is ${repeated.fault}` };
}

type Fault = { readonly fault: string };

/** The first duplicate key, or null. With one, two parsers may see two different sales in one body. */
function duplicateKey(text: string): string | null | Fault {
  const keys: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let place = 0; place < text.length; place += 1) {
    switch (text.charCodeAt(place)) {
      case 0x22: {
        const end = stringEnd(text, place);
        if (expectsKey) {
          const raw = text.slice(place + 1, end);
          // An escaped key could spell another one differently.
          const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
          const seen = keys.at(-1);
          if (seen?.has(key)) return key;
          seen?.add(key);
          expectsKey = false;
        }
        place = end;
        break;
      }
      case 0x7b:
        if (keys.length >= depthMax) return { fault: `nested deeper than ${depthMax}` };
        keys.push(new Set());
        expectsKey = true;
        break;
      case 0x5b:
        if (keys.length >= depthMax) return { fault: `nested deeper than ${depthMax}` };
        keys.push(null);
        expectsKey = false;
        break;
      case 0x7d:
      case 0x5d:
        keys.pop();
        expectsKey = false;
        break;
      case 0x2c:
        expectsKey = keys.at(-1) instanceof Set;
        break;
      default:
    }
  }
  return null;
}

/** The place of the closing quote; the text has already been parsed, so there is one. */
export function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, place: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(place - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}
