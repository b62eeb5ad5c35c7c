/** 口令: one of these words was said, alone or, where the shop wants it, within a longer sentence. */
import * as z from 'zod';
import { definePredicate } from './define.ts';
import { says } from '../fans/keywords.ts';

export const keyword = definePredicate({
  kind: 'keyword',
  label: '发的是这些词',
  params: z.strictObject({
    kind: z.literal('keyword'),
    words: z.array(z.string().trim().min(1).max(30)).min(1).max(20),
    match: z.enum(['exact', 'contains']).default('exact'),
  }),
  example: { kind: 'keyword', words: ['抽奖'], match: 'exact' },
  needs: ['said'],
  compile: (rule) => ({
    test: ({ said }) => says(rule, said),
    shortfall: ({ said }) => ({ said }),
  }),
});
