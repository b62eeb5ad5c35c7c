/** 门店 that a till named before anyone entered them; the configuration knows the others. */
import type { Store, StoreId } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const stores = defineSlice<Store, StoreId>()({
  noun: 'store',
  keyOf: ({ id }) => id,
  ownerOf: nobody,
  // If the office entered the store meanwhile, its row wins: the sale is decided again and finds it.
  guardedBy: 'rev',
  merge: stay,
  forget: keep,
  tell: untold,
});
