/** 转换: a till's value as one of ours, exactly or not at all. Null is "nothing given"; a fault says what was wrong. */
import { seen } from '../../../../schema/index.ts';
import { plainPhone } from '../../../decide/plain/phones.ts';
import type { Tree } from '../../../lossless/json.ts';
import { textOf } from '../../lossless/tree.ts';
import { decimalText, wholeUnits, type Rounding, type Whole } from './decimal.ts';
import { readInstant, type TimeFormat } from './instant.ts';

export type Converted<Value> =
  | { readonly ok: true; readonly value: Value | null }
  | { readonly ok: false; readonly why: string };

export const signs = ['keep', 'abs', 'negate'] as const;
export type Sign = (typeof signs)[number];

export type NumberOptions = {
  readonly sign?: Sign | undefined;
  readonly rounding?: Rounding | undefined;
  /** Moves the decimal point first: -1 for prices in 厘, 2 for hundreds. */
  readonly scale?: number | undefined;
};

const none: Converted<never> = { ok: true, value: null };

/** A blank text means "not given"; a list or an object is a fault. */
function scalar<Value>(tree: Tree | undefined, read: (text: string) => Converted<Value>): Converted<Value> {
  if (typeof tree === 'object' && tree !== null)
    return { ok: false, why: 'is a list or an object, not a value' };
  const text = textOf(tree);
  return text === null ? none : read(text);
}

function whole(text: string, places: number, options: NumberOptions): Whole {
  const { scale = 0, rounding, sign } = options;
  const bare = text.replace(/^([+-]?)[¥￥]\s?/, '$1');
  const read = wholeUnits(bare, { places: places + scale, rounding });
  if (!read.ok || !sign || sign === 'keep') return read;
  const value = sign === 'abs' ? Math.abs(read.value) : -read.value;
  return { ok: true, value: value === 0 ? 0 : value };
}

/** Whole fen; `100.0` is 100 fen. */
export const toFen = (tree: Tree | undefined, options: NumberOptions = {}): Converted<number> =>
  scalar(tree, (text) => whole(text, 0, options));

/** An amount of yuan as fen. */
export const fenOfYuan = (tree: Tree | undefined, options: NumberOptions = {}): Converted<number> =>
  scalar(tree, (text) => whole(text, 2, options));

/** Pieces or kilograms, in thousandths. */
export const toMilli = (tree: Tree | undefined, options: NumberOptions = {}): Converted<number> =>
  scalar(tree, (text) => whole(text, 3, options));

/** The decimal text that the canonical event carries, at most three places. */
export function toQuantity(tree: Tree | undefined, options: NumberOptions = {}): Converted<string> {
  const milli = toMilli(tree, options);
  return milli.ok && milli.value !== null
    ? { ok: true, value: decimalText(milli.value, 3) }
    : withoutValue(milli);
}

const withoutValue = (converted: Converted<unknown>): Converted<never> => (converted.ok ? none : converted);

const idLengthMax = 128;

/** An id with all its digits, and nothing that nobody sees. `0` stays, because only some fields use it for nobody. */
export const toId = (tree: Tree | undefined): Converted<string> =>
  scalar<string>(tree, (written) => {
    const text = seen(written);
    if (text === '') return none;
    if (/^\d(\.\d+)?[eE]\+?\d+$/.test(text))
      return { ok: false, why: `${text} was written as a float and lost digits` };
    if (text.length > idLengthMax) return { ok: false, why: `is longer than ${idLengthMax} characters` };
    return { ok: true, value: text };
  });

const nobody = new Set(['0', '-1', 'null', 'none', 'undefined', '00000000-0000-0000-0000-000000000000']);

/** 散客: a placeholder that a till writes when nobody showed a card becomes null. */
export const toMemberId = (tree: Tree | undefined): Converted<string> =>
  scalar<string>(tree, (text) => (nobody.has(seen(text).toLowerCase()) ? none : toId(text)));

const textLengthMax = 200;

/** A name that is too long is cut, because it must not cost a sale. */
export const toText = (tree: Tree | undefined, lengthMax = textLengthMax): Converted<string> =>
  scalar(tree, (text) => ({ ok: true, value: text.length <= lengthMax ? text : cut(text, lengthMax) }));

/** Cuts between characters, never within one; the bound counts as the database and the validator do. */
function cut(text: string, lengthMax: number): string | null {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > lengthMax) break;
    kept += character;
  }
  return kept.trim() || null;
}

const yes = new Set(['true', '1', 'y', 'yes', 't', 'on', '是', '真']);
const no = new Set(['false', '0', 'n', 'no', 'f', 'off', '否', '假']);

export const toBool = (tree: Tree | undefined): Converted<boolean> =>
  scalar(tree, (text) => {
    const folded = fold(text);
    if (yes.has(folded)) return { ok: true, value: true };
    return no.has(folded)
      ? { ok: true, value: false }
      : { ok: false, why: `"${text.slice(0, 40)}" is neither yes nor no` };
  });

export const toInstant = (tree: Tree | undefined, zone: string, format?: TimeFormat): Converted<string> =>
  scalar(tree, (text) => readInstant(text, format, zone));

/** YYYY-MM-DD as the sender wrote it, or the instant's date in the zone. */
export function toDate(tree: Tree | undefined, zone: string, format?: TimeFormat): Converted<string> {
  const instant = toInstant(tree, zone, format);
  return instant.ok && instant.value !== null ? { ok: true, value: instant.value.slice(0, 10) } : instant;
}

/** 11 digits of a mobile number that can be called; masked numbers, ciphertext, extensions and landlines give null. */
export const toPhone = (tree: Tree | undefined): Converted<string> =>
  scalar<string>(tree, (text) => {
    const phone = plainPhone(text);
    return phone !== null && /^1[3-9]/.test(phone) ? { ok: true, value: phone } : none;
  });

/** Trimmed, half-width and lower case: `ＳＥＬＬ ` is `sell`. */
export const fold = (text: string): string =>
  (isPlain.test(text) ? text : text.normalize('NFKC')).trim().toLowerCase();
const isPlain = /^[ -~]*$/;

/** Our word for the sender's word; null when it is unknown. */
export function wordFor<Word extends string>(
  text: string | null,
  aliases: Readonly<Partial<Record<Word, readonly string[]>>>,
): Word | null {
  if (text === null) return null;
  let words = folded.get(aliases);
  if (!words) {
    words = new Map();
    for (const [word, list] of Object.entries<readonly string[] | undefined>(aliases)) {
      for (const alias of list ?? []) if (!words.has(fold(alias))) words.set(fold(alias), word);
    }
    folded.set(aliases, words);
  }
  // The map was built from the keys of `aliases`, so the value is one of the words.
  return (words.get(fold(text)) as Word | undefined) ?? null;
}

/** Lookup by alias, cached with the list of aliases. */
const folded = new WeakMap<object, Map<string, string>>();
