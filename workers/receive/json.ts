/** 原文切分: where each event of a batch begins and ends, in JSON that has been read. */
import { stringEnd } from '../lossless/strict.ts';

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
