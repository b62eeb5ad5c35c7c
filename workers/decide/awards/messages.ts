/** 消息: what the merchant says to the member about a sale. A grant holds nothing of it, and it cannot be taken back. */
import * as z from 'zod';
import { defineAward } from './define.ts';

export const messages = defineAward({
  kind: 'messages',
  due: z.array(z.string()),
  held: z.array(z.never()),
  empty: [],
  sum: (one, other) => [...one, ...other],
  texts: (due) => due,
  settle: () => ({ effects: [], held: [], given: 0, isShort: false }),
});
