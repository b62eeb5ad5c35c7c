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

function compareStore(told: StoreTotals, received: StoreReceived): StoreCompared {
  const { id, orderNos: _, ...said } = told;
  // A total that the source did not give cannot differ.
  const differs = totalNames.filter((name) => said[name] !== undefined && said[name] !== received[name]);
  return { id, said, received, ...alike, differs };
}

export const numbersShown = 200;

/** 单号: what is on one list and not on the other. Counts and sums may be the same where one is missing and one is too many. */
export function compareNumbers(
  store: StoreCompared,
  listed: readonly string[] | undefined,
  ours: readonly string[],
): StoreCompared {
  const orderNos = ours.slice(0, numbersShown);
  if (listed === undefined) return { ...store, orderNos: store.differs.includes('orders') ? orderNos : [] };
  const [theirs, own] = [new Set(listed), new Set(ours)];
  const missingNos = [...theirs].filter((number) => !own.has(number)).slice(0, numbersShown);
  const surplusNos = ours.filter((number) => !theirs.has(number)).slice(0, numbersShown);
  const isSame = missingNos.length + surplusNos.length === 0;
  const differs = isSame ? store.differs : [...store.differs, 'orderNos' as const];
  return { ...store, orderNos: differs.length === 0 ? [] : orderNos, missingNos, surplusNos, differs };
}

export const isEqualDay = (stores: readonly StoreCompared[]): boolean =>
  stores.every(({ differs }) => differs.length === 0);
