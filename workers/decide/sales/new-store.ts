/** 新门店、新导购: a till may name a store or an associate before the office entered them. */
import {
  defaultTimezone,
  type Associate,
  type AssociateId,
  type SaleCompleted,
  type Store,
  type StoreId,
} from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { World } from '../world.ts';

export function newStore(
  world: World,
  { id, name }: { readonly id: string; readonly name?: string | undefined },
): Effect[] {
  // The edge checked the form of the id.
  const storeId = id as StoreId;
  if (world.config.stores.has(storeId) || world.stores.has(storeId)) return [];
  const store: Store = { id: storeId, name: name ?? id, timezone: defaultTimezone, rev: 0 };
  return [{ type: 'store.put', row: store }];
}

/** Where it was sold, and by whom. */
export function newPlaces(
  world: World,
  { data }: { readonly data: Pick<SaleCompleted['data'], 'store' | 'associate'> },
): Effect[] {
  const storeId = data.store.id as StoreId;
  const effects = newStore(world, data.store);
  const { associate } = data;
  if (associate && !world.associates.has(associate.id as AssociateId)) {
    const named: Associate = {
      id: associate.id as AssociateId,
      name: associate.name ?? associate.id,
      storeId,
      openid: null,
      wecomUserId: null,
      endedAt: null,
      successorId: null,
      codesGoOn: false,
      rev: 0,
    };
    effects.push({ type: 'associate.put', row: named });
  }
  return effects;
}
