/** 消息: what the merchant says to the member who meets the campaign. A grant holds nothing of it, and it cannot be taken back. */
import * as z from 'zod';
import { openidOf } from '../world.ts';
import { defineAward } from './define.ts';

export const messages = defineAward({
  kind: 'messages',
  due: z.array(z.string()),
  held: z.array(z.never()),
  empty: [],
  isCompany: true,
  sum: (one, other) => [...one, ...other],
  fit: ({ world, context }, { due }) =>
    openidOf(world, context.memberId) === null
      ? { amount: [], takes: [], lack: { reason: 'no-wechat' } }
      : { amount: due, takes: [], lack: null },
  texts: (due) => due,
  settle: () => ({ effects: [], held: [], given: 0, stands: [] }),
});
