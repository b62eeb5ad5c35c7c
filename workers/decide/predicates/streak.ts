/** 连续签到: this is the n-th day in a row, or every n-th. */
import * as z from 'zod';
import { definePredicate } from './define.ts';

const daysMax = 366;

export const streak = definePredicate({
  kind: 'streak',
  label: '连续签到',
  params: z.strictObject({
    kind: z.literal('streak'),
    days: z.int().min(1).max(daysMax),
    every: z.boolean().default(false),
  }),
  example: { kind: 'streak', days: 7, every: false },
  needs: ['streakDays'],
  compile: ({ days, every }) => ({
    test: ({ streakDays }) => (every ? streakDays % days === 0 : streakDays === days),
    shortfall: ({ streakDays }) => ({ have: streakDays, need: days, unit: 'days' }),
  }),
});
