/** 会员等级: the member has one of these levels. */
import * as z from 'zod';
import { definePredicate } from './define.ts';

export const LevelNames = z.array(z.string().min(1).max(40)).min(1).max(50);

export const level = definePredicate({
  kind: 'level',
  label: '会员等级',
  params: z.strictObject({ kind: z.literal('level'), levels: LevelNames }),
  example: { kind: 'level', levels: ['金卡'] },
  needs: ['member'],
  compile: ({ levels }) => {
    const wanted = new Set(levels);
    return {
      test: ({ member }) => member.level !== null && wanted.has(member.level),
      shortfall: ({ member }) => ({ level: member.level }),
    };
  },
});
