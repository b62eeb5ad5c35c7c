/** 印刷码 that were claimed: which coupon each became, written once. Whose it is, only the coupon says. */
import type { CouponCode } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const couponCodes = defineSlice<CouponCode>()({
  noun: 'coupon-code',
  keyOf: ({ id }) => id,
  ownerOf: nobody,
  guardedBy: 'key',
  merge: stay,
  forget: keep,
  tell: untold,
});
