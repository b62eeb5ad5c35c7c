/** 购物车: what coupons are tried on: goods sold for money, each with the price that it has before any coupon. */
import type { EventLine, SaleId } from '../../../../schema/index.ts';
import type { Scoped } from '../../sales/scope.ts';
import { toLine, type Products } from '../../sales/sale-lines.ts';

export type CartLine = Scoped & {
  readonly lineNo: string;
  readonly amountFen: number;
  readonly quantityMilli: number;
};

const none = '' as SaleId;
const isBought = ({ kind }: EventLine): boolean =>
  kind !== 'exchange_in' && kind !== 'gift' && kind !== 'points_exchange';

/**
 * `priceOf` says what a line costs before coupons. A till that asks beforehand has taken nothing off; one that tells a sale may
 * have: what it says that it took off a line is put back.
 */
export function cartLines(
  lines: readonly EventLine[],
  products: Products,
  priceOf: (line: EventLine) => number,
): CartLine[] {
  return lines.flatMap((line, index) => {
    if (!isBought(line)) return [];
    const amountFen = priceOf(line);
    const { lineNo, quantityMilli, sku, categoryIds, brand, tags } = toLine(
      none,
      line.lineNo ?? String(index + 1),
      line,
      amountFen,
      amountFen,
      products,
    );
    return [{ lineNo, quantityMilli, sku, categoryIds, brand, tags, amountFen }];
  });
}

export const askedPrice = ({ amountFen }: EventLine): number => amountFen;
export const toldPrice = ({ amountFen, discountFen = 0 }: EventLine): number => amountFen + discountFen;
