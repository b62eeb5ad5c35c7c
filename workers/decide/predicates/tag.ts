/** 会员标签: the member wears one of these tags, or none of them. */
import * as z from 'zod';
import { TagWord } from '../../../schema/index.ts';
import { definePredicate } from './define.ts';

const tagsMax = 50;

export const tag = definePredicate({
  kind: 'tag',
  label: '会员标签',
  params: z.strictObject({
    kind: z.literal('tag'),
    tags: z.array(TagWord).min(1).max(tagsMax),
    without: z.boolean().default(false),
  }),
  example: { kind: 'tag', tags: ['奶粉客'], without: false },
  needs: ['wears'],
  compile: ({ tags, without }) => ({
    test: ({ wears }) => tags.some(wears) !== without,
    shortfall: ({ wears }) => ({ worn: tags.find(wears) ?? null }),
  }),
});
