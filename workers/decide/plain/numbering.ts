/** 单号: what a receipt is known by: its number alone, or together with the store, the terminal and the day that gave it. */
import { numberings, numberParts, type Numbering, type NumberPart } from '../../../schema/index.ts';

export const numberingOf = (config: Readonly<Record<string, unknown>> | null): Numbering =>
  numberings.find((one) => one === config?.['numbering']) ?? 'unique';

export type Place = { readonly [Part in NumberPart]?: string | null | undefined };

export type Numbered = { readonly number: string } | { readonly missing: NumberPart };

/** `372@8005/2026-11-22`. Two receipts that differ in any part never come to the same. */
export function numbered(numbering: Numbering, number: string, place: () => Place): Numbered {
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

/** What holds the parts together may stand in none of them. */
const apart = (part: string): string => part.replaceAll(/[%@/]/g, encodeURIComponent);
