/** 赠送优惠券: one or more coupons of a template. */
import * as z from 'zod';
import { TemplateId } from '../../../schema/index.ts';
import { defineReward } from './define.ts';

const countMax = 100;
/** A sale of a million yuan at 每满100 would otherwise issue ten thousand coupons and exhaust the Worker. */
const couponsMax = 500;

export const coupon = defineReward({
  kind: 'coupon',
  label: '赠送优惠券',
  params: z.strictObject({
    kind: z.literal('coupon'),
    templateId: TemplateId,
    count: z.int().min(1).max(countMax).default(1),
  }),
  example: { kind: 'coupon', templateId: TemplateId.parse('满80减8'), count: 1 },
  award: ({ templateId, count }, { times }) => ({
    coupons: [{ templateId, count: Math.min(count * times, couponsMax) }],
  }),
});
