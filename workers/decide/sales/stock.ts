/** 会员手上还有多少: purchases extend the stock of a product, returns shorten it, and each plan says how long it lasts. */
import type { SaleId, SaleLine, Sku } from '../../../schema/index.ts';
import { addDays } from '../plain/dates.ts';

/** Beyond this many open purchases of one product, the oldest count as used up. */
const lotsMax = 50;

/** One purchase that is still being used up. */
export type Lot = {
  readonly saleId: SaleId;
  readonly boughtOn: string;
  readonly boughtAt: number;
  readonly quantityMilli: number;
};

export type Stock = {
  readonly productName: string;
  /** Oldest first. */
  readonly lots: readonly Lot[];
  /** The day it is used up, in the store's zone. */
  readonly endsOn: string;
  /** Where the till put it, for a product that our own file does not know. */
  readonly of?: Pick<SaleLine, 'categoryIds' | 'brand'>;
};

const isUsedUp = ({ kind }: SaleLine): boolean =>
  kind !== 'gift' && kind !== 'service' && kind !== 'exchange_in';

type Bought = { readonly line: SaleLine; readonly quantityMilli: number };

export function boughtBySku(lines: readonly SaleLine[]): Map<Sku, Bought> {
  const bought = new Map<Sku, Bought>();
  for (const line of lines) {
    if (!isUsedUp(line)) continue;
    const sum = (bought.get(line.sku)?.quantityMilli ?? 0) + line.quantityMilli;
    bought.set(line.sku, { line, quantityMilli: sum });
  }
  return bought;
}

/** What is still in use: a purchase made after the stock ran out starts afresh. */
export function lotsWith(stock: Stock | undefined, lot: Lot): Lot[] {
  const others = (stock?.lots ?? []).filter(({ saleId }) => saleId !== lot.saleId);
  const isStale = stock !== undefined && others.length > 0 && stock.endsOn < lot.boughtOn;
  const kept = isStale ? [] : others;
  const lots = lot.quantityMilli > 0 ? [...kept, lot] : kept;
  return lots.toSorted((a, b) => a.boughtAt - b.boughtAt || (a.saleId < b.saleId ? -1 : 1)).slice(-lotsMax);
}

/** A purchase begins to be used when the one before is used up, or on the day it was bought, whichever is later. */
export function usedUpOn(lots: readonly Lot[], daysPerUnit: number): string | null {
  let endsOn: string | null = null;
  for (const { boughtOn, quantityMilli } of lots) {
    const days = Math.floor((quantityMilli * daysPerUnit) / 1000);
    if (days === 0) continue;
    const opensOn: string = endsOn !== null && endsOn > boughtOn ? endsOn : boughtOn;
    endsOn = addDays(opensOn, days);
  }
  return endsOn;
}
