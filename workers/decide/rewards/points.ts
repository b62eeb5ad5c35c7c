/** 赠送积分: a fixed number of points. */
import * as z from 'zod';
import { wholeNumberMax } from '../../../schema/index.ts';
import { defineReward } from './define.ts';

export const points = defineReward({
  kind: 'points',
  label: '赠送积分',
  params: z.strictObject({ kind: z.literal('points'), points: z.int().min(1).max(wholeNumberMax) }),
  example: { kind: 'points', points: 100 },
  award: (params, { times }) => ({ points: params.points * times }),
});
