/** 新门店: a till may name a store before the office entered it. */
import { defaultTimezone, type Store, type StoreId } from '../../../schema/index.ts';
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
