/** 商品资料, as a till or the office last told it. */
import type { Product, Sku } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const products = defineSlice<Product, Sku>()({
  noun: 'product',
  keyOf: ({ sku }) => sku,
  ownerOf: nobody,
  guardedBy: 'rev',
  merge: stay,
  forget: keep,
  tell: untold,
});
