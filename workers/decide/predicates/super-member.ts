/** 超级会员: only while the member is one (`is` true), or only while not. The campaign ends for each with their membership. */
import * as z from 'zod';
import { isSuper } from '../super/spans.ts';
import { definePredicate } from './define.ts';

export const superMember = definePredicate({
  kind: 'super-member',
  label: '超级会员',
  params: z.strictObject({ kind: z.literal('super-member'), is: z.boolean() }),
  example: { kind: 'super-member', is: true },
  needs: ['member', 'at'],
  compile: ({ is }) => ({
    test: ({ member, at }) => isSuper(member, at) === is,
    shortfall: ({ member: { superUntil } }) => ({
      superUntil: superUntil === null ? null : new Date(superUntil).toISOString(),
    }),
  }),
});
