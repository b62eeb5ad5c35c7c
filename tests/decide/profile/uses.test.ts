/** 在用段位: by the table of the shop and the child's age in days, exact on the day, or as somebody was told. */
import { describe, expect, test } from 'vitest';
import type { Child } from '../../../schema/index.ts';
import { usesOf, usingNow } from '../../../workers/decide/profile/uses.ts';
import { addDays } from '../../../workers/decide/plain/dates.ts';
import { useStages } from '../../support/reminding.ts';

const none = { milk: [], nappy: [] };
const said = (child: Partial<Child>, today: string, stages = useStages): string[] =>
  usesOf([{ born: '2024-02-29', isExpected: false, ...child }], stages, today).map(
    ({ stage, next }) => `${stage ?? '—'}${next ? `, ${next.days} days → ${next.stage}` : ''}`,
  );

// 2024-02-29 and 365 days are 2025-02-28, for the leap day itself is day 0.
test.each([
  ['2024-02-29', '1段, 180 days → 2段'],
  ['2024-08-26', '1段, 1 days → 2段'],
  ['2024-08-27', '2段, 185 days → 3段'],
  ['2025-02-27', '2段, 1 days → 3段'],
  ['2025-02-28', '3段, 730 days → 4段'],
  ['2027-02-27', '3段, 1 days → 4段'],
  ['2027-02-28', '4段'],
])('J-18: born on the leap day, on %s she uses %s', (today, milk) => {
  expect(said({}, today, { ...none, milk: useStages.milk })).toEqual([milk]);
});

test('J-18: as the associate was told: 3段 with 467 days to 4段, and L with 283 days to XL', () => {
  const today = '2021-02-03';
  const uses = {
    milk: { stage: '3段', untilOn: addDays(today, 467) },
    nappy: { stage: 'L', untilOn: addDays(today, 283) },
  };
  const own = { born: addDays(today, -663), uses };
  expect(said(own, today)).toEqual(['3段, 467 days → 4段', 'L, 283 days → XL']);
  expect(said(own, addDays(today, 466))[0]).toBe('3段, 1 days → 4段');
  expect(said(own, addDays(today, 467))[0]).toBe('4段');
  // By her age alone she would use XL, and 4段 in 432 days.
  expect(said({ born: own.born }, today)).toEqual(['3段, 432 days → 4段', 'XL']);
});

describe('what somebody was told', () => {
  const born = '2026-01-01';
  test.each([
    ['ahead of her age, she does not go back', { stage: '2段', untilOn: '2026-03-01' }, '2026-03-01', '3段'],
    [
      'behind it, she goes on to where the table is',
      { stage: '1段', untilOn: '2027-02-01' },
      '2027-02-01',
      '3段',
    ],
    [
      'without an end it holds until somebody says otherwise',
      { stage: '1段', untilOn: null },
      '2029-09-09',
      '1段',
    ],
    [
      'of the last one there is nothing to come',
      { stage: '4段', untilOn: '2026-05-01' },
      '2026-04-01',
      '4段',
    ],
    [
      'of a stage that the table has no more says nothing',
      { stage: '9段', untilOn: null },
      '2026-06-30',
      '2段',
    ],
  ])('%s', (_, milk, today, stage) => {
    expect(said({ born, uses: { milk } }, today)[0]?.split(',')[0]).toBe(stage);
  });

  test('of one child is taken back, and says nothing of the other', () => {
    const known = [
      { born, isExpected: false },
      { born: '2024-02-29', isExpected: false },
    ];
    const use = { stage: '1段', untilOn: null };
    const told = usingNow(known, [{ born, goods: 'milk', use }]);
    expect(told).toEqual([{ ...known[0], uses: { milk: use } }, known[1]]);
    expect(usingNow(told, [{ born, goods: 'milk', use: null }])).toEqual(known);
  });
});

test('whoever is not born yet, or has no table, uses nothing; one expected long ago has been born', () => {
  expect(said({ born: '2026-01-01', isExpected: true }, '2026-01-29')).toEqual([]);
  expect(said({ born: '2026-01-01', isExpected: true }, '2026-01-30')[0]).toContain('1段');
  expect(said({}, '2024-02-28')).toEqual([]);
  expect(said({}, '2026-01-01', none)).toEqual([]);
});
