/** 购物篮: a sale's lines as conditions see them, summed once for everything that campaigns can watch. */
import type { SaleLine, ScopeEntry } from '../../../schema/index.ts';
import { isListed, type Scoped } from './scope.ts';

export type BasketLine = Scoped & {
  /** Negative for goods that come in on an exchange. */
  readonly amountFen: number;
  readonly quantityMilli: number;
};

export type Basket = {
  readonly lines: readonly BasketLine[];
  /** Sums of the whole order under `order`, and of each `sku:…`, `brand:…`, `category:…`. */
  readonly amountFen: ReadonlyMap<string, number>;
  readonly quantityMilli: ReadonlyMap<string, number>;
};

export const orderKey = 'order';

/** Gifts and goods bought with points are not spending: they meet no threshold and earn nothing. */
function counts(line: SaleLine): boolean {
  return line.kind !== 'gift' && line.kind !== 'points_exchange';
}

export function toBasketLines(lines: readonly SaleLine[]): BasketLine[] {
  return lines.filter(counts).map((line) => {
    const sign = line.kind === 'exchange_in' ? -1 : 1;
    return {
      sku: line.sku,
      categoryIds: line.categoryIds,
      brand: line.brand,
      tags: line.tags,
      amountFen: sign * line.paidFen,
      quantityMilli: sign * line.quantityMilli,
    };
  });
}

export function sumBasket(lines: readonly BasketLine[]): Basket {
  const amountFen = new Map<string, number>();
  const quantityMilli = new Map<string, number>();
  const add = (key: string, line: BasketLine): void => {
    amountFen.set(key, (amountFen.get(key) ?? 0) + line.amountFen);
    quantityMilli.set(key, (quantityMilli.get(key) ?? 0) + line.quantityMilli);
  };
  for (const line of lines) {
    add(orderKey, line);
    add(`sku:${line.sku}`, line);
    if (line.brand !== null) add(`brand:${line.brand}`, line);
    // A till may name a category twice: the line is one line.
    line.categoryIds.forEach((id, place, ids) => {
      if (ids.indexOf(id) === place) add(`category:${id}`, line);
    });
  }
  return { lines, amountFen, quantityMilli };
}

/** 例外商品: the same basket without the lines that do not take part. */
export function withoutExcluded(basket: Basket, exclude: readonly ScopeEntry[]): Basket {
  const kept = basket.lines.filter((line) => !isListed(line, exclude));
  return kept.length === basket.lines.length ? basket : sumBasket(kept);
}
