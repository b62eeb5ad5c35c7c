/** 本金和赠送: how much of a bill may be paid with stored value, and from which part it is taken, given back and paid out. */
import type { SpendOrder, StoredMiss, StoredValueSettings } from '../../../schema/index.ts';
import { allocate } from '../plain/allocate.ts';

export type Parts = { readonly principalFen: number; readonly bonusFen: number };

export const sumOf = ({ principalFen, bonusFen }: Parts): number => principalFen + bonusFen;

/** `payableFen` is what is to be paid after coupons; rounded down to the fen. */
export const usableOf = (
  { ceilingPercent }: Pick<StoredValueSettings, 'ceilingPercent'>,
  held: Parts,
  payableFen: number,
): number => Math.min(sumOf(held), Math.floor((payableFen * ceilingPercent) / 100));

/** Lawful only for no more than there is. */
export function takenFrom(order: SpendOrder, held: Parts, amountFen: number): Parts {
  const principalFen = principalOf(order, held, amountFen);
  return { principalFen, bonusFen: amountFen - principalFen };
}

function principalOf(order: SpendOrder, { principalFen, bonusFen }: Parts, amountFen: number): number {
  switch (order) {
    case 'principal':
      return Math.min(principalFen, amountFen);
    case 'bonus':
      return Math.max(0, amountFen - bonusFen);
    case 'in-proportion':
      return shareOf(amountFen, { principalFen, bonusFen });
    default:
      return order satisfies never;
  }
}

/** The principal in `amountFen` out of both. */
const shareOf = (amountFen: number, { principalFen, bonusFen }: Parts): number =>
  allocate(amountFen, [principalFen, bonusFen])[0] ?? 0;

/** What came back goes into the parts from which it was spent, in proportion to what of them did not come back yet. */
export const backInto = (open: Parts, amountFen: number): Parts => {
  const principalFen = shareOf(amountFen, open);
  return { principalFen, bonusFen: amountFen - principalFen };
};

/** 作废的赠送: the same share of the bonus as of the principal, rounded up; with the last of the principal all of it. */
export const forfeitOf = (held: Parts, principalFen: number): number => {
  if (principalFen >= held.principalFen) return held.bonusFen;
  const exact = BigInt(held.bonusFen) * BigInt(principalFen);
  const whole = BigInt(held.principalFen);
  return Number((exact + whole - 1n) / whole);
};

export const shortOf = (held: Parts, taken: Parts): StoredMiss | null => {
  if (sumOf(held) < sumOf(taken)) return { reason: 'INSUFFICIENT', have: sumOf(held), need: sumOf(taken) };
  if (held.principalFen < taken.principalFen)
    return { reason: 'INSUFFICIENT', have: held.principalFen, need: taken.principalFen };
  return held.bonusFen < taken.bonusFen
    ? { reason: 'INSUFFICIENT', have: held.bonusFen, need: taken.bonusFen }
    : null;
};
