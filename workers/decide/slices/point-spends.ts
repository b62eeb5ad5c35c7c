/** 积分抵钱: which points paid a part of which receipt, and what of them came back. */
import type { CouponRef, PointSpend } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const pointSpends = defineSlice<PointSpend, CouponRef>()({
  noun: 'point-spend',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  // Its postings tell the points.
  tell: untold,
});
