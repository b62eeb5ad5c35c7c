/**
 * 印刷码: `0001-00G7-KX3M-92TR-QD5W`: which batch (4 characters), which number (3), 60 bits that nobody can guess (12) and a check
 * character. The 60 bits follow from the merchant's secret, so that a code has no row before it is claimed.
 */
import type { BatchId } from '../../../schema/index.ts';
import { codeOf, crockford, type Seed } from '../plain/random.ts';
import { codeTyped } from './codes.ts';

const batchLength = 4;
const numberLength = 3;
const wordLength = 6;
const secretLength = 2 * wordLength;
const checkedLength = batchLength + numberLength + secretLength;
export const codeLength = checkedLength + 1;

/** A code as it was typed, before anything is looked up. */
export type Printed = { readonly seq: number; readonly number: number; readonly secret: string };
export type Typo = { readonly typo: 'length' | 'character' | 'check'; readonly length: number };

/** The batch has to be there for its seed: two shops, or one that began anew, never print the same codes. */
export const seedCauseOfCode = (batchId: BatchId, number: number): string =>
  `codes\n${batchId}\n${Math.floor(number / codesOfSeed)}`;
/** A seed has eight words, and a code takes two: signing is what printing ten thousand costs. */
const codesOfSeed = 4;

/** What of a code nobody can guess: thirty bits of each of its two words. */
export function secretOfCode(seed: Seed, number: number): string {
  const place = 2 * (number % codesOfSeed);
  return seed
    .slice(place, place + 2)
    .map((word) => codeOf(word >>> 2, wordLength))
    .join('');
}

export function printedCode(seq: number, number: number, secret: string): string {
  const checked = `${codeOf(seq, batchLength)}${codeOf(number, numberLength)}${secret}`;
  return grouped(checked + checkOf(checked));
}

const grouped = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-');

export function printedIn(typed: string): Printed | Typo {
  const code = codeTyped(typed);
  const { length } = code;
  if (length !== codeLength) return { typo: 'length', length };
  if (Array.from(code).some((one) => !crockford.includes(one))) return { typo: 'character', length };
  const checked = code.slice(0, checkedLength);
  if (checkOf(checked) !== code.slice(checkedLength)) return { typo: 'check', length };
  return {
    seq: numberIn(code.slice(0, batchLength)),
    number: numberIn(code.slice(batchLength, batchLength + numberLength)),
    secret: code.slice(batchLength + numberLength, checkedLength),
  };
}

const numberIn = (text: string): number =>
  Array.from(text).reduce((sum, one) => sum * crockford.length + crockford.indexOf(one), 0);

/**
 * 校验位: a polynomial over the field of 32, at a primitive element. One wrong character always shows, and so do two that changed
 * places, wherever they stand.
 */
function checkOf(text: string): string {
  let sum = 0;
  for (const one of text) sum = doubled(sum ^ crockford.indexOf(one));
  return crockford[sum] ?? '';
}

/** Times x, modulo x⁵ + x² + 1. */
const doubled = (element: number): number => (element < 16 ? element << 1 : (element << 1) ^ 0b100101);

export const codeKey = (batchId: BatchId, number: number): string => `${batchId}/${number}`;
