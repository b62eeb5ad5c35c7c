/** 对账: compares a source's own totals of a day with what was received, store by store. */
import {
  totalNames,
  type DayTotals,
  type StoreCompared,
  type StoreReceived,
  type StoreTotals,
} from '../../../schema/index.ts';

const nothing: StoreReceived = { orders: 0, refunds: 0, paidFen: 0, refundedFen: 0 };

/** Stores that the source did not name come last and count as equal: a source may report only one of its stores. */
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
  // A total that the source did not give cannot differ.
  const differs = totalNames.filter((name) => said[name] !== undefined && said[name] !== received[name]);
  return { id, said, received, ...alike, differs };
}

export const isEqualDay = (stores: readonly StoreCompared[]): boolean =>
  stores.every(({ differs }) => differs.length === 0);
