/** 券库存: how many of a template were issued. */
import type { CouponTemplateCounter, TemplateId } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly templateId: TemplateId; readonly count: number };

export const templateCounters = defineCounter<CouponTemplateCounter, By, number>()({
  noun: 'template',
  keyOf: ({ templateId }) => templateId,
  moved: (row, { count }) => row && { ...row, issued: row.issued + count },
  sum: (before, { count }) => (before ?? 0) + count,
});
