/** 超级会员方案: which of the plans was bought, by its name. */
import * as z from 'zod';
import { definePredicate } from './define.ts';

const plansMax = 20;

export const superPlan = definePredicate({
  kind: 'super-plan',
  label: '买的是哪个超级会员方案',
  params: z.strictObject({
    kind: z.literal('super-plan'),
    plans: z.array(z.string().trim().min(1).max(40)).min(1).max(plansMax),
  }),
  example: { kind: 'super-plan', plans: ['年卡'] },
  needs: ['plan'],
  compile: ({ plans }) => ({
    test: ({ plan }) => plans.includes(plan),
    shortfall: ({ plan }) => ({ have: plan }),
  }),
});
