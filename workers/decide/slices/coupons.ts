/** 优惠券 in members' hands. */
import type { Coupon, CouponId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const coupons = defineSlice<Coupon, CouponId>()({
  noun: 'coupon',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
