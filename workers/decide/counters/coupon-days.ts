/** 每日发放: how many of a template with a limit a day were given out, by the day of what they were given for. */
import type { CouponDay, TemplateId } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineCounter } from './define.ts';

type By = {
  readonly templateId: TemplateId;
  readonly on: string;
  readonly count: number;
  readonly limitCount: number;
};

export const couponDays = defineCounter<CouponDay, By, By>()({
  noun: 'coupon-day',
  keyOf: ({ templateId, on }) => pairKey(templateId, on),
  moved: (row, { templateId, on, count, limitCount }) => ({
    templateId,
    dayOn: on,
    limitCount: row?.limitCount ?? limitCount,
    issued: Math.max(0, (row?.issued ?? 0) + count),
  }),
  sum: (before, by) => ({ ...by, count: (before?.count ?? 0) + by.count }),
});
