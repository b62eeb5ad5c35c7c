/** 标签: the member wears a tag for as long as something supports it. */
import * as z from 'zod';
import type { Effect } from '../effects.ts';
import { defineAward } from './define.ts';

const Tags = z.array(z.string());

export const tags = defineAward({
  kind: 'tags',
  due: Tags,
  held: Tags,
  empty: [],
  isCompany: true,
  sum: (one, other) => [...one, ...other],
  settle: ({ context: { memberId } }, { due, held }) => {
    const effects: Effect[] = [];
    for (const tag of due) {
      if (!held.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: 1 });
    }
    for (const tag of held) {
      if (!due.includes(tag)) effects.push({ type: 'tag.support', memberId, tag, by: -1 });
    }
    return { effects, held: due, given: 0, stands: due };
  },
});
