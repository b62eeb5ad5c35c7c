/** 原样解析: JSON in which a number is its own text, so that no id loses a digit and no price a decimal. */
import type { Tree, TreeObject } from './tree.ts';
import { enter, isNext, skipSpace, unexpected, Unreadable, type Scan } from './scan.ts';

export type * from './tree.ts';

export type ParsedTree =
  | {
      readonly ok: true;
      readonly tree: Tree;
      /** A key that stands twice in one object with different values: two readers would see two different sales. */
      readonly repeated: string | null;
      /** A key that stands twice in one object, whatever its values. */
      readonly twice: string | null;
    }
  | { readonly ok: false; readonly why: string };

const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- exactly the characters that JSON forbids inside a string.
const forbiddenInString = /[\u0000-\u001F]/;

/** Accepts what JSON.parse accepts, except deep nesting and prototype keys. */
export const parseJson = (text: string): ParsedTree => parseJsonWith(text, (digits) => digits);

/** `number` turns a number's text into its value, for callers that write it again as a number. */
export function parseJsonWith(text: string, number: (digits: string) => Tree): ParsedTree {
  const scan: Scan = { text, number, place: 0, depth: 0, repeated: null, twice: null };
  try {
    const tree = readValue(scan);
    skipSpace(scan);
    if (scan.place < text.length) throw unexpected(scan);
    return { ok: true, tree, repeated: scan.repeated, twice: scan.twice };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

function readValue(scan: Scan): Tree {
  skipSpace(scan);
  switch (scan.text.charCodeAt(scan.place)) {
    case 0x7b:
      return readObject(scan);
    case 0x5b:
      return readList(scan);
    case 0x22:
      return readString(scan);
    case 0x74:
      return readWord(scan, 'true', true);
    case 0x66:
      return readWord(scan, 'false', false);
    case 0x6e:
      return readWord(scan, 'null', null);
    default:
      return readNumber(scan);
  }
}

function readObject(scan: Scan): TreeObject {
  enter(scan);
  const object: Record<string, Tree> = {};
  if (!isNext(scan, 0x7d)) {
    do {
      skipSpace(scan);
      if (scan.text.charCodeAt(scan.place) !== 0x22) throw unexpected(scan);
      const key = readString(scan);
      if (key === '__proto__') throw new Unreadable('it has a key called __proto__');
      if (!isNext(scan, 0x3a)) throw unexpected(scan);
      const value = readValue(scan);
      if (Object.hasOwn(object, key)) {
        scan.twice ??= key;
        if (!isSame(object[key] ?? null, value)) scan.repeated ??= key;
      }
      object[key] = value;
    } while (isNext(scan, 0x2c));
    if (!isNext(scan, 0x7d)) throw unexpected(scan);
  }
  scan.depth -= 1;
  return object;
}

function readList(scan: Scan): readonly Tree[] {
  enter(scan);
  const list: Tree[] = [];
  if (!isNext(scan, 0x5d)) {
    do list.push(readValue(scan));
    while (isNext(scan, 0x2c));
    if (!isNext(scan, 0x5d)) throw unexpected(scan);
  }
  scan.depth -= 1;
  return list;
}

function readString(scan: Scan): string {
  const { text, place } = scan;
  let end = text.indexOf('"', place + 1);
  while (end > 0 && text.charCodeAt(end - 1) === 0x5c && slashesBefore(text, end) % 2 === 1) {
    end = text.indexOf('"', end + 1);
  }
  if (end < 0) throw new Unreadable('a string does not end');
  const raw = text.slice(place + 1, end);
  if (forbiddenInString.test(raw))
    throw new Unreadable('a string holds a line break or another control character');
  scan.place = end + 1;
  return raw.includes('\\') ? unescaped(raw) : raw;
}

function readNumber(scan: Scan): Tree {
  numberShape.lastIndex = scan.place;
  const [number] = numberShape.exec(scan.text) ?? [];
  if (number === undefined) throw unexpected(scan);
  scan.place += number.length;
  return scan.number(number);
}

function readWord<Value>(scan: Scan, word: string, value: Value): Value {
  if (!scan.text.startsWith(word, scan.place)) throw unexpected(scan);
  scan.place += word.length;
  return value;
}

function slashesBefore(text: string, place: number): number {
  let slashes = 0;
  while (text.charCodeAt(place - 1 - slashes) === 0x5c) slashes += 1;
  return slashes;
}

function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    throw new Unreadable('a string holds an unknown escape');
  }
}

const isSame = (one: Tree, other: Tree): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
