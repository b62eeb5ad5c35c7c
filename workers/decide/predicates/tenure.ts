/** 入会时间: members of so many days or months at least (老会员), or of fewer (新会员), on the day of the visit. */
import * as z from 'zod';
import { memberSince } from '../levels/journey.ts';
import { addDays, addMonths, localDate } from '../plain/dates.ts';
import { definePredicate, type Facts } from './define.ts';

const kind = 'tenure';
const tenureMax = 3_660;
const bound = z.int().min(1).max(tenureMax).nullable().default(null);

export const tenure = definePredicate({
  kind,
  label: '入会时间',
  params: z
    .strictObject({
      kind: z.literal(kind),
      unit: z.enum(['days', 'months']),
      /** A member for so long already. */
      minimum: bound,
      /** And not yet for so long. */
      below: bound,
    })
    .refine(({ minimum, below }) => minimum !== null || below !== null, {
      path: ['minimum'],
      message: 'give minimum, below, or both',
    })
    .refine(({ minimum, below }) => minimum === null || below === null || minimum < below, {
      path: ['below'],
      message: 'must be more than minimum',
    }),
  example: { kind, unit: 'months', minimum: 12, below: null },
  needs: ['member', 'at', 'timezone'],
  compile: ({ unit, minimum, below }) => {
    const add = unit === 'days' ? addDays : addMonths;
    return {
      test: (facts) => {
        const since = sinceOn(facts);
        const today = localDate(facts.at, facts.timezone);
        return (
          (minimum === null || today >= add(since, minimum)) && (below === null || today < add(since, below))
        );
      },
      shortfall: (facts) => ({ since: sinceOn(facts) }),
    };
  },
});

const sinceOn = ({ member, timezone }: Pick<Facts, 'member' | 'timezone'>): string =>
  localDate(memberSince(member), timezone);
