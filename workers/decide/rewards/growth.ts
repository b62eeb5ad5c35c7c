/** 赠送成长值: a fixed number of growth points. */
import * as z from 'zod';
import { wholeNumberMax } from '../../../schema/index.ts';
import { defineReward } from './define.ts';

export const growth = defineReward({
  kind: 'growth',
  label: '赠送成长值',
  params: z.strictObject({ kind: z.literal('growth'), growth: z.int().min(1).max(wholeNumberMax) }),
  example: { kind: 'growth', growth: 50 },
  award: (params, { times }) => ({ growth: params.growth * times }),
});
