/** 待签名串: sorted pairs as senders write them, and whether the same text could be read as other pairs. */
import { isKnownName, namesWithin } from './kv-names.ts';

export type PairStyle = {
  readonly pair: 'k=v' | 'kv';
  /** Between pairs; empty where they run together. */
  readonly join: string;
  readonly skipEmpty: boolean;
  readonly valueEncoding: 'none' | 'form' | 'rfc3986';
};
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Sorted by the code units of the names, which for ASCII is the order of every sender's sort. */
export function signedPairs(fields: ReadonlyMap<string, string>, { skipEmpty }: PairStyle): Pairs {
  const pairs = [...fields].filter(([, value]) => !skipEmpty || value !== '');
  return pairs.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

export function joinPairs(pairs: Pairs, { pair, join, valueEncoding }: PairStyle): string {
  const between = pair === 'k=v' ? '=' : '';
  return pairs.map(([name, value]) => name + between + encode(value, valueEncoding)).join(join);
}

function encode(value: string, encoding: PairStyle['valueEncoding']): string {
  if (encoding === 'none') return value;
  const strict = encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return encoding === 'form' ? strict.replaceAll('%20', '+') : strict;
}

export const runsTogether = ({ join }: PairStyle): boolean => join === '';

/** A name that a sender could mean: no separator in it, nothing invisible. */
const nameShape = /^[\p{L}_$][\p{L}\p{N}_.[\]$-]{0,63}$/u;

/**
 * Whether someone who saw these pairs signed as other ones could have split them anew. Where a sender's own list of
 * fields is known, that list decides instead; these rules are for when it is not.
 */
export function hasOtherReading(pairs: Pairs, style: PairStyle): boolean {
  if (!pairs.every(([name]) => nameShape.test(name))) return true;
  return runsTogether(style) ? canBeSplitAnew(pairs) : canBeSplitFurther(pairs, style);
}

/** `a=1&b=2` may be the pair a of `1&b=2`: then the pieces are pairs themselves, in order. */
function canBeSplitFurther(pairs: Pairs, style: PairStyle): boolean {
  if (style.valueEncoding !== 'none') return false;
  const pieces = joinPairs(pairs, style).split(style.join);
  if (pieces.length === pairs.length) return false;
  const names = pieces.map((piece) => (style.pair === 'k=v' ? /^([^=]+)=/.exec(piece)?.[1] : piece) ?? '');
  return names.every(
    (name, place) => nameShape.test(name) && (place === 0 || (names[place - 1] ?? '') < name),
  );
}

/**
 * `developerId=100120` and `developerId1=00120` run together alike. So every name must be one that senders use, no
 * name may go on into its value nor begin before it, and no value may hold a name that would stand between its own
 * and the next one.
 */
function canBeSplitAnew(pairs: Pairs): boolean {
  return pairs.some(([name, value], place) => {
    if (!isKnownName(name) || value === '') return true;
    const next = pairs[place + 1]?.[0];
    for (let length = 1; length <= Math.min(value.length, nameLengthMax); length += 1) {
      if (isKnownName(name + value.slice(0, length))) return true;
      if (next !== undefined && isKnownName(value.slice(-length) + next)) return true;
    }
    if (value.startsWith('{') || value.startsWith('[')) return !isJson(value);
    if (value.includes('{"') || value.includes('[{')) return true;
    return namesWithin(name, value).some((within) => name < within && (next === undefined || within < next));
  });
}

const nameLengthMax = 24;

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
