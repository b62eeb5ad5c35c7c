/** 转账 by bill number: those an event speaks of, and those under way for sales that are looked at in depth. */
import type { Transfer } from '../../../schema/index.ts';
import { defineSlice, keep, move } from './define.ts';

export const transfers = defineSlice<Transfer>()({
  noun: 'transfer',
  keyOf: ({ outBillNo }) => outBillNo,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'rev',
  merge: move(),
  // What is under way to an account that goes is called off with the account.
  forget: keep,
  tell: ({ outBillNo }) => ({ transfers: [outBillNo] }),
});
