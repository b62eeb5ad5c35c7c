/** 单号: what a receipt is known by: its number alone, or together with the store, the terminal and the day that gave it. */
import {
  numberings,
  numberParts,
  type Numbering,
  type NumberPart,
  type NumberPlace,
} from '../../../schema/index.ts';

export const numberingOf = (config: Readonly<Record<string, unknown>> | null): Numbering =>
  numberings.find((one) => one === config?.['numbering']) ?? 'unique';

export type Numbered = { readonly number: string } | { readonly missing: NumberPart };

/** `372@8005/2026-11-22`. Two receipts that differ in any part never come to the same. */
export function numbered(numbering: Numbering, number: string, place: () => NumberPlace): Numbered {
  const needed: readonly NumberPart[] = numberParts[numbering];
  if (needed.length === 0) return { number };
  const given = place();
  const parts: string[] = [];
  for (const part of needed) {
    const value = given[part] ?? '';
    if (value === '') return { missing: part };
    parts.push(apart(value));
  }
  return { number: `${apart(number)}@${parts.join('/')}` };
}

/** Each rule has the parts of the one before it: what a coarser one held for one receipt, a finer one tells apart. */
const coarserThan = (numbering: Numbering): readonly Numbering[] =>
  numberings.slice(0, numberings.indexOf(numbering));

export const isFiner = (numbering: Numbering, than: Numbering): boolean =>
  coarserThan(numbering).includes(than);

/** What the same receipt was known by while its source numbered more coarsely, the latest first. */
export const numberedFormerly = (numbering: Numbering, number: string, place: NumberPlace): string[] =>
  coarserThan(numbering)
    .toReversed()
    .flatMap((one) => {
      const made = numbered(one, number, () => place);
      return 'number' in made ? [made.number] : [];
    });

/** The coarsest rule that has all these parts. */
export const numberingWith = (parts: readonly NumberPart[]): Numbering =>
  numberings.find((one) => {
    const own: readonly NumberPart[] = numberParts[one];
    return parts.every((part) => own.includes(part));
  }) ?? 'per-terminal-day';

/** What holds the parts together may stand in none of them. */
const apart = (part: string): string => part.replaceAll(/[%@/]/g, encodeURIComponent);
