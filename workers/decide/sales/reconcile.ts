/** 对账: what a source says of a day beside what was received of it, store by store. */
import {
  totalNames,
  type DayTotals,
  type StoreCompared,
  type StoreReceived,
  type StoreTotals,
} from '../../../schema/index.ts';

const nothing: StoreReceived = { orders: 0, refunds: 0, paidFen: 0, refundedFen: 0 };

/** Stores the source did not name come last, and differ in nothing: it may speak for one of its stores only. */
export function compareDay(
  { stores }: DayTotals,
  received: ReadonlyMap<string, StoreReceived>,
): StoreCompared[] {
  const named = new Set<string>(stores.map(({ id }) => id));
  const unnamed = [...received]
    .filter(([id]) => !named.has(id))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...stores.map((said) => compareStore(said, received.get(said.id) ?? nothing)),
    ...unnamed.map(([id, ours]) => ({ id, said: null, received: ours, ...alike })),
  ];
}

const alike = { differs: [], orderNos: [], refundNos: [] };

function compareStore({ id, ...said }: StoreTotals, received: StoreReceived): StoreCompared {
  // What the source did not say cannot differ.
  const differs = totalNames.filter((name) => said[name] !== undefined && said[name] !== received[name]);
  return { id, said, received, ...alike, differs };
}

export const isEqualDay = (stores: readonly StoreCompared[]): boolean =>
  stores.every(({ differs }) => differs.length === 0);
