/** 宝宝 through the API: birthdays and due dates; implausible days are refused. */
import * as z from 'zod';
import { childrenMax, Day, defaultTimezone, type Child } from '../../../schema/index.ts';
import { childMiss, childYearsMax, type ChildMiss } from '../../decide/members/children.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';

export const ChildrenAnswer = z.array(
  z.strictObject({ born: Day, isExpected: z.boolean(), name: z.string().optional() }),
);

export const ChildrenInput = z
  .array(
    z.strictObject({
      born: Day.meta({ description: 'The birthday; while isExpected, the day it is due.' }),
      isExpected: z.boolean().default(false),
      name: z.string().max(200).optional(),
    }),
  )
  .max(childrenMax);

/** The index of the first implausible child. */
export function invalidChild(children: readonly Child[], now: number): Problem | null {
  const today = localDate(now, defaultTimezone);
  for (const [place, child] of children.entries()) {
    const miss = childMiss(child, today);
    if (miss) return invalidField(`children[${place}].born`, wordsFor(miss));
  }
  return null;
}

function wordsFor(miss: ChildMiss): string {
  switch (miss.reason) {
    case 'not-a-day':
      return 'must be a date such as 2026-11-22';
    case 'not-born-yet':
      return 'lies in the future; set isExpected for a child that is not born yet';
    case 'too-old':
      return `is more than ${childYearsMax} years ago`;
    case 'due-too-far':
      return `is due after ${miss.to}, which is too far away`;
    case 'due-long-past':
      return `was due before ${miss.from}; leave isExpected out for a child that was born`;
    default:
      return miss satisfies never;
  }
}
