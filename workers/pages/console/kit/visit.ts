/** 一次访问: who stands before a page of the console, and what a page may ask for. */
import type { ConsoleSession, Person, Role, StoreId } from '../../../../schema/index.ts';
import type { Db } from '../../../db/db.ts';
import type { PageContext, PageDeps } from '../../ports.ts';

export type Visit = {
  readonly deps: PageDeps;
  readonly context: PageContext;
  readonly db: Db;
  readonly now: number;
  readonly person: Person;
  readonly session: ConsoleSession;
  /** Part of every form of this session. */
  readonly token: string;
  /** Where the path has `:id`. */
  readonly id: string;
  readonly query: URLSearchParams;
};

/** Null sees every store. An owner and an integrator are bound to none. */
export const storesOf = ({ role, storeIds }: Person): readonly StoreId[] | null =>
  role === 'manager' || role === 'cashier' ? storeIds : null;

/** Whether what belongs to this store, or to none, is theirs to see. */
export function maySeeStore(person: Person, storeId: StoreId | null): boolean {
  const own = storesOf(person);
  return own === null || (storeId !== null && own.includes(storeId));
}

export const isOneOf = ({ role }: Person, who: readonly Role[]): boolean => who.includes(role);
