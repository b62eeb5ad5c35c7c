/** 适用门店: bought, or registered, in one of these stores. A member who registers outside a store is in none. */
import * as z from 'zod';
import { StoreIds } from '../../../schema/index.ts';
import { definePredicate } from './define.ts';

export const store = definePredicate({
  kind: 'store',
  label: '适用门店',
  params: z.strictObject({ kind: z.literal('store'), ids: StoreIds }),
  example: { kind: 'store', ids: ['8005'] },
  needs: ['storeId'],
  compile: ({ ids }) => {
    const wanted = new Set(ids);
    return {
      test: ({ storeId }) => wanted.has(storeId),
      shortfall: ({ storeId }) => ({ storeId }),
      mayHoldAt: (storeId) => wanted.has(storeId),
    };
  },
});
