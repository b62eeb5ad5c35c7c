/** 付款号: the sale that a payment paid, as it was last told. */
import type { SaleId, SalePayment } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const salePayments = defineSlice<SalePayment, SaleId>()({
  noun: 'sale-payment',
  keyOf: ({ payment }) => payment,
  ownerOf: nobody,
  guardedBy: 'latest',
  merge: stay,
  forget: keep,
  tell: untold,
});
