/** Raw JSON: finds what JSON.parse tolerates, and where each event of a batch begins and ends. */

/** Deeper than any till nests; a bound for the scanner's stack. */
const depthMax = 32;

export type Fault = { readonly fault: string };

/** The first duplicate key, or null. With one, two parsers may see two different sales in one body. */
export function duplicateKey(text: string): string | null | Fault {
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
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, place: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(place - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}

/** The elements of the top-level array under `key`, each exactly as it was written. */
export function elementsOf(text: string, key: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = -1;
  let isInside = false;
  for (let place = 0; place < text.length; place += 1) {
    switch (text.charCodeAt(place)) {
      case 0x22: {
        const end = stringEnd(text, place);
        if (depth === 1 && !isInside && text.slice(place + 1, end) === key) {
          isInside = /^\s*:\s*\[/.test(text.slice(end + 1, end + 64));
        }
        place = end;
        break;
      }
      case 0x7b:
      case 0x5b:
        depth += 1;
        if (isInside && depth === 3 && start < 0) start = place;
        break;
      case 0x7d:
      case 0x5d:
        depth -= 1;
        if (isInside && depth === 2 && start >= 0) {
          elements.push(text.slice(start, place + 1));
          start = -1;
        }
        if (isInside && depth === 1) return elements;
        break;
      default:
    }
  }
  return elements;
}
