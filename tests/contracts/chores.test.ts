/** What every chore of the clock promises: who it is, when it wants its turn, and that a minute has room for it. */
import { describe, expect, test } from 'vitest';
import { plans } from '../../workers/platform/plans.ts';
import { chores } from '../../workers/schedule/chores/index.ts';
import { boundOf, choresAt, minuteOf } from '../../workers/schedule/turns.ts';
import { at } from '../support/builders.ts';
import { fileOf, forgotten } from '../support/registry.ts';

const planNames = ['free', 'paid'] as const;
const firstMinute = minuteOf(at('2026-11-22 00:00'));
const minutesOfDay = Array.from({ length: 1440 }, (_, place) => firstMinute + place);

test('every file of the folder is in the list, under the name of its chore', async () => {
  expect(await forgotten('workers/schedule/chores', chores)).toEqual([]);
  for (const { name } of chores) {
    const module: object = await import(`../../workers/schedule/chores/${fileOf(name)}`);
    expect(Object.values(module).some((value) => chores.includes(value))).toBe(true);
  }
  expect(new Set(chores.map(({ name }) => name)).size).toBe(chores.length);
});

describe.each(planNames)('on the %s plan', (name) => {
  test('no minute of the day asks for more than an invocation is allowed', () => {
    const bound = boundOf(plans[name]);
    const fullest = { statements: 0, cpuMs: 0 };
    for (const minute of minutesOfDay) {
      const budgets = choresAt(chores, minute, plans[name]).map(({ budget }) => budget[name]);
      const total = (of: 'statements' | 'cpuMs') => budgets.reduce((sum, budget) => sum + budget[of], 0);
      fullest.statements = Math.max(fullest.statements, total('statements'));
      fullest.cpuMs = Math.max(fullest.cpuMs, total('cpuMs'));
    }
    expect(fullest.statements).toBeLessThanOrEqual(bound.statements);
    expect(fullest.cpuMs).toBeLessThanOrEqual(bound.cpuMs);
  });

  test('lost rings and messages left lying are looked for in every minute', () => {
    const always = minutesOfDay.map((minute) =>
      choresAt(chores, minute, plans[name]).map((chore) => chore.name),
    );
    expect(always.every((names) => names.includes('left-lying') && names.includes('messages'))).toBe(true);
  });
});

describe.each(chores)('$name', ({ label, when, budget }) => {
  test('has a Chinese name that the shop understands', () => {
    expect(label).toMatch(/^\p{Script=Han}+$/u);
  });

  test('says how often it wants a turn, and what it may cost, on both plans', () => {
    for (const name of planNames) {
      expect(60 % when.everyMinutes[name]).toBe(0);
      expect(budget[name].statements).toBeGreaterThan(0);
      expect(budget[name].cpuMs).toBeGreaterThan(0);
    }
  });
});

test('a reminder that is due at nine goes out at nine sharp, also on the free plan', () => {
  const names = choresAt(chores, minuteOf(at('2026-11-22 09:00')), plans.free).map(({ name }) => name);
  expect(names).toContain('reminders');
});
