/** 充值满多少: what was paid for the card, without what the shop adds to it. */
import * as z from 'zod';
import { Fen } from '../../../schema/index.ts';
import { definePredicate } from './define.ts';

export const topUp = definePredicate({
  kind: 'top-up',
  label: '充值满多少',
  params: z.strictObject({ kind: z.literal('top-up'), atLeastFen: Fen.min(1) }),
  example: { kind: 'top-up', atLeastFen: 50_000 },
  needs: ['paidFen'],
  compile: ({ atLeastFen }) => ({
    test: ({ paidFen }) => paidFen >= atLeastFen,
    shortfall: ({ paidFen }) => ({ have: paidFen, need: atLeastFen, unit: 'fen' }),
  }),
});
