/** 储值规则: what is sold for which money, which part is spent first, and how much of a bill may be paid with it. */
import * as z from 'zod';
import { Fen } from '../plain/values.ts';

const plansMax = 30;

/** 充值方案: pay 100 and have 300 on the card. */
const TopUpPlan = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    paidFen: Fen,
    principalFen: Fen,
    bonusFen: Fen.default(0),
  })
  .refine(({ principalFen, bonusFen }) => principalFen + bonusFen > 0, {
    path: ['principalFen'],
    message: 'nothing would be put in',
  })
  // Principal is paid out again: it is never more than what was paid.
  .refine(({ paidFen, principalFen }) => principalFen <= paidFen, {
    path: ['principalFen'],
    message: 'is at most what is paid; what the shop adds is bonusFen',
  });
export type TopUpPlan = z.infer<typeof TopUpPlan>;

export const spendOrders = ['principal', 'bonus', 'in-proportion'] as const;
export type SpendOrder = (typeof spendOrders)[number];

export const StoredValueSettings = z.strictObject({
  plans: z
    .array(TopUpPlan)
    .max(plansMax)
    .refine((plans) => new Set(plans.map(({ name }) => name)).size === plans.length, {
      message: 'two plans have the same name',
    })
    .default([])
    .meta({
      description:
        'Top-up plans: what is paid, and how much of it is principal (can be paid out again) and bonus (cannot). “Pay 100, get 300” is principalFen 0 and bonusFen 30000, or 10000 and 20000.',
    }),
  /** 先用哪一部分. */
  spendFirst: z.enum(spendOrders).default('principal').meta({
    description: 'Which part is spent first. What is known only as an amount is taken in this order.',
  }),
  /** 每次最多用这单的百分之几, rounded down to the fen. */
  ceilingPercent: z.int().min(1).max(100).default(100).meta({
    description:
      'At most so many percent of a bill after coupons can be paid with stored value, rounded down to the fen. It holds for all that is on a card.',
  }),
});
export type StoredValueSettings = z.infer<typeof StoredValueSettings>;
