/** 客户阶段: members with a child in one of these stages; `none` is a member who named no child. */
import * as z from 'zod';
import { stages, stagesOf, type Stage } from '../members/stages.ts';
import { localDate } from '../plain/dates.ts';
import { definePredicate, type Facts } from './define.ts';

const params = z.strictObject({
  kind: z.literal('stage'),
  stages: z
    .array(z.enum([...stages, 'none']))
    .min(1)
    .max(stages.length + 1),
});

export const stage = definePredicate({
  kind: 'stage',
  label: '客户阶段',
  params,
  example: { kind: 'stage', stages: ['pregnant'] },
  needs: ['member', 'at', 'timezone'],
  compile: (given) => {
    const wanted = new Set(given.stages);
    return {
      test: (facts) => ownStages(facts).some((own) => wanted.has(own)),
      shortfall: (facts) => ({ stages: ownStages(facts).join() }),
    };
  },
});

function ownStages({
  member,
  at,
  timezone,
}: Pick<Facts, 'member' | 'at' | 'timezone'>): readonly (Stage | 'none')[] {
  const own = stagesOf(member.children, localDate(at, timezone));
  return own.length === 0 ? ['none'] : own;
}
