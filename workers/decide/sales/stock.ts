/** 会员手上还有多少: purchases extend the stock of a product, returns shorten it, and each plan says how long it lasts. */
import { defaultTimezone, type Sale, type SaleId, type SaleLine, type Sku } from '../../../schema/index.ts';
import { addDays, localDate } from '../plain/dates.ts';

/** Beyond this many open purchases of one product, the oldest count as used up. */
const lotsMax = 50;

/**
 * One purchase that is still being used up, by position: the document of its member grows by one with every purchase. The day is
 * there where it is not the one that the shop's clocks had.
 */
export type Lot = readonly [saleId: SaleId, boughtAt: number, quantityMilli: number, boughtOn?: string];

export function lotOf(
  { id, occurredAt, occurredOn }: Pick<Sale, 'id' | 'occurredAt' | 'occurredOn'>,
  quantityMilli: number,
): Lot {
  const isUsual = occurredOn === localDate(occurredAt, defaultTimezone);
  return isUsual ? [id, occurredAt, quantityMilli] : [id, occurredAt, quantityMilli, occurredOn];
}

const dayOf = ([, boughtAt, , boughtOn]: Lot): string => boughtOn ?? localDate(boughtAt, defaultTimezone);

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
  const [ofSale, , quantityMilli] = lot;
  const others = (stock?.lots ?? []).filter(([saleId]) => saleId !== ofSale);
  const isStale = stock !== undefined && others.length > 0 && stock.endsOn < dayOf(lot);
  const kept = isStale ? [] : others;
  const lots = quantityMilli > 0 ? [...kept, lot] : kept;
  return lots
    .toSorted(([one, oneAt], [other, otherAt]) => oneAt - otherAt || (one < other ? -1 : 1))
    .slice(-lotsMax);
}

/** A purchase begins to be used when the one before is used up, or on the day it was bought, whichever is later. */
export function usedUpOn(lots: readonly Lot[], daysPerUnit: number): string | null {
  let endsOn: string | null = null;
  for (const lot of lots) {
    const [, , quantityMilli] = lot;
    const days = Math.floor((quantityMilli * daysPerUnit) / 1000);
    if (days === 0) continue;
    const boughtOn = dayOf(lot);
    const opensOn: string = endsOn !== null && endsOn > boughtOn ? endsOn : boughtOn;
    endsOn = addDays(opensOn, days);
  }
  return endsOn;
}
