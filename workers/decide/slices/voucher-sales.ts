/** 卖券: what was prepaid, and which of it was paid back. */
import type { VoucherSale, VoucherSaleId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const voucherSales = defineSlice<VoucherSale, VoucherSaleId>()({
  noun: 'voucher-sale',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
