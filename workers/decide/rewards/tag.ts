/** 打标签: the member wears a tag for as long as a purchase supports it. */
import * as z from 'zod';
import { defineReward } from './define.ts';

export const tag = defineReward({
  kind: 'tag',
  label: '打标签',
  params: z.strictObject({ kind: z.literal('tag'), tag: z.string().trim().min(1).max(40) }),
  example: { kind: 'tag', tag: '奶粉客' },
  award: (params) => ({ tags: [params.tag] }),
});
