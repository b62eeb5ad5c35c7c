/** 领券批次: how many of one were claimed. */
import type { BatchId, CouponBatch } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly batchId: BatchId; readonly count: number };

export const couponBatches = defineCounter<CouponBatch, By, number>()({
  noun: 'coupon-batch',
  keyOf: ({ batchId }) => batchId,
  moved: (row, { count }) => row && { ...row, claimed: row.claimed + count },
  sum: (before, { count }) => (before ?? 0) + count,
});
