/** 首单: the member had kept no purchase before this one. A return of part of it is judged by the same count. */
import * as z from 'zod';
import { definePredicate } from './define.ts';

const kind = 'first-purchase';

export const firstPurchase = definePredicate({
  kind,
  label: '首单',
  params: z.strictObject({ kind: z.literal(kind) }),
  example: { kind },
  needs: ['ordersBefore'],
  compile: () => ({
    test: ({ ordersBefore }) => ordersBefore === 0,
    shortfall: ({ ordersBefore }) => ({ ordersBefore }),
  }),
});
