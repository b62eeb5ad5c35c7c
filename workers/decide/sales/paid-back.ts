/** 退款: what each refund takes of a sale's money, and how much of that money can still be paid back. */
import type { Refund, Sale, SaleLine } from '../../../schema/index.ts';

const sumOf = (fens: readonly number[]): number => fens.reduce((sum, fen) => sum + fen, 0);
const paidOf = (lines: readonly SaleLine[]): number => sumOf(lines.map(({ paidFen }) => paidFen));

export const listedFen = ({ lines }: Refund): number => sumOf(lines.map(({ amountFen }) => amountFen));

export const isSold = ({ kind }: SaleLine): boolean => kind !== 'exchange_in';

/** 运费等: what was paid for no line. A till may also say less of its goods than it was paid. */
export function shippingFen({ paidFen }: Pick<Sale, 'paidFen'>, lines: readonly SaleLine[]): number {
  const goodsFen = paidOf(lines.filter(isSold)) - paidOf(lines.filter((line) => !isSold(line)));
  return Math.max(0, paidFen - Math.max(0, goodsFen));
}

/**
 * What has to come off the lines and the shipping: what was paid back, and the worth of what was taken away instead. If nothing was
 * paid back, goods went for goods: then no more than the goods that came back are listed at.
 */
export function comesOffFen(refund: Refund): number {
  const addedFen = paidOf(refund.added);
  return refund.refundedFen > 0 ? refund.refundedFen + addedFen : Math.min(addedFen, listedFen(refund));
}

/** What can still be paid back; below nothing if more was paid back than the sale holds. */
export function leftFen(
  sale: Pick<Sale, 'paidFen'>,
  lines: readonly SaleLine[],
  refunds: readonly Refund[],
): number {
  const heldFen = paidOf(lines.filter(isSold)) + shippingFen(sale, lines);
  return heldFen - sumOf(refunds.map((refund) => comesOffFen(refund) - paidOf(refund.added)));
}
