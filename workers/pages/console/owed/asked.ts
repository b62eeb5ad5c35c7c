/** 查账: which month, account and store somebody asks for, read from the address. */
import {
  noStore,
  owedAccounts,
  type OwedAccount,
  type Store,
  type StoreId,
} from '../../../../schema/index.ts';
import type { BooksAsked } from '../../../db/owed/books.ts';
import { dayToClose } from '../../../decide/owed/days.ts';
import { addDays } from '../../../decide/plain/dates.ts';
import { storesOf, type Visit } from '../kit/visit.ts';

export const owedPath = '/console/owed';

/** 无门店 in an address; no store is called so. */
export const nowhere = '-';

export type Asked = { readonly month: string; readonly account: OwedAccount; readonly store: string | null };

export const isMonth = (text: string | null): text is string =>
  text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Unasked: the month of the last day that can be closed. */
export function askedIn({ query, now }: Visit): Asked {
  const month = query.get('month');
  const named = query.get('account');
  return {
    month: isMonth(month) ? month : dayToClose(now).slice(0, 7),
    account: owedAccounts.find((one) => one === named) ?? 'points',
    store: query.get('store')?.slice(0, 128) || null,
  };
}

export const daysOfMonth = (month: string): { readonly from: string; readonly to: string } => {
  const from = `${month}-01`;
  return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
};

/** A store that is not hers leaves nothing to see. */
export function storesAsked({ person }: Visit, store: string | null): BooksAsked['stores'] {
  const own = storesOf(person);
  if (store === null) return own;
  if (store === nowhere) return own === null ? [noStore as StoreId] : [];
  return own === null || own.includes(store as StoreId) ? [store as StoreId] : [];
}

/** What a whole shop owes is nobody's who sees some of its stores. */
export const isWhole = ({ person }: Visit, store: string | null): boolean =>
  store === null && storesOf(person) === null;

export const storesShown = ({ person }: Visit, stores: readonly Store[]): readonly Store[] => {
  const own = storesOf(person);
  return own === null ? stores : stores.filter(({ id }) => own.includes(id));
};
