/** 宝宝的日子 that cannot be true are not taken (K-10). */
import { expect, test } from 'vitest';
import { childMiss } from '../../../workers/decide/members/children.ts';

const today = '2026-11-22';

test.each([
  ['born today', '2026-11-22', false, null],
  ['born tomorrow', '2026-11-23', false, 'not-born-yet'],
  ['18 years old to the day', '2008-11-22', false, null],
  ['a day older than 18', '2008-11-21', false, 'too-old'],
  ['due today', '2026-11-22', true, null],
  ['due in 300 days', '2027-09-18', true, null],
  ['due in 301 days', '2027-09-19', true, 'due-too-far'],
  ['four weeks overdue', '2026-10-25', true, null],
  ['a day more than four weeks overdue', '2026-10-24', true, 'due-long-past'],
  ['born on the 30th of February', '2026-02-30', false, 'not-a-day'],
  ['born on a leap day', '2024-02-29', false, null],
  ['born in month 13', '2026-13-01', false, 'not-a-day'],
  ['born in words', '去年', false, 'not-a-day'],
])('%s', (_, born, isExpected, reason) => {
  expect(childMiss({ born, isExpected }, today)?.reason ?? null).toBe(reason);
});
