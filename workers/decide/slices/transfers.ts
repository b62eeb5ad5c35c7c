/** 转账 by bill number: those that an event names, and those under way for sales that are loaded with their past. */
import type { Transfer } from '../../../schema/index.ts';
import { defineSlice, keep, move } from './define.ts';

export const transfers = defineSlice<Transfer>()({
  noun: 'transfer',
  keyOf: ({ outBillNo }) => outBillNo,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'rev',
  merge: move(),
  // A transfer under way to an openid that is erased is called off.
  forget: keep,
  tell: ({ outBillNo }) => ({ transfers: [outBillNo] }),
});
