/** A position in JSON text, and the small steps of parsing. */
import type { Tree } from './tree.ts';

export type Scan = {
  readonly text: string;
  readonly number: (digits: string) => Tree;
  place: number;
  depth: number;
  repeated: string | null;
  twice: string | null;
};

/** Thrown at the first fault, and caught in parseJson. */
export class Unreadable extends Error {}

/** Deeper than any till nests; a bound for the stack. */
export const depthMax = 32;

export function enter(scan: Scan): void {
  scan.place += 1;
  scan.depth += 1;
  if (scan.depth > depthMax) throw new Unreadable(`it is nested deeper than ${depthMax}`);
}

/** Steps over the character, if it is the next one. */
export function isNext(scan: Scan, code: number): boolean {
  skipSpace(scan);
  if (scan.text.charCodeAt(scan.place) !== code) return false;
  scan.place += 1;
  return true;
}

export function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.place);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    scan.place += 1;
  }
}

export function unexpected({ text, place }: Scan): Unreadable {
  return new Unreadable(
    place >= text.length ? 'it ends too early' : `it is not JSON at character ${place + 1}`,
  );
}
