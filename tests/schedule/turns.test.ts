/** 轮值: what does not fit into one minute takes turns, and nobody waits longer than was said. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plans } from '../../workers/platform/plans.ts';
import type { Budget, Chore, EveryMinutes, When } from '../../workers/schedule/chores/define.ts';
import { doChores } from '../../workers/schedule/tick.ts';
import { boundOf, choresAt, minuteOf } from '../../workers/schedule/turns.ts';
import { at } from '../support/builders.ts';
import { roundOf } from '../support/round.ts';
import { openShop } from '../support/shop.ts';

const plan = plans.free;
const midnight = minuteOf(at('2026-11-22 00:00'));
const bound = boundOf(plan);

const choreOf = (name: string, every: EveryMinutes, budget: Budget, hours?: When['hours']): Chore => ({
  name,
  label: '任务',
  when: { everyMinutes: { free: every, paid: every }, ...(hours && { hours }) },
  budget: { free: budget, paid: budget },
  run: async () => undefined,
});

const namesAt = (chores: readonly Chore[], local: string): string[] =>
  choresAt(chores, minuteOf(at(local)), plan).map(({ name }) => name);

test('two chores that want 30 of 42 statements each take the even and the odd minutes', () => {
  const heavy = { statements: 30, cpuMs: 1 };
  const chores = [choreOf('one', 2, heavy), choreOf('other', 2, heavy)];
  expect(['10:00', '10:01', '10:02', '10:03'].map((time) => namesAt(chores, `2026-11-22 ${time}`))).toEqual([
    ['one'],
    ['other'],
    ['one'],
    ['other'],
  ]);
});

test('a chore of the night takes the minutes of a chore of the day', () => {
  const heavy = { statements: 40, cpuMs: 1 };
  const chores = [
    choreOf('day', 1, heavy, { from: 9, to: 21 }),
    choreOf('night', 1, heavy, { from: 2, to: 6 }),
  ];
  expect(
    ['01:59', '02:00', '05:59', '06:00', '09:00', '20:59', '21:00'].map((time) =>
      namesAt(chores, `2026-11-22 ${time}`),
    ),
  ).toEqual([[], ['night'], ['night'], [], ['day'], ['day'], []]);
});

const everyMinutes = fc.constantFrom<EveryMinutes>(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60);
const hours = fc.option(
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from, to })),
  { nil: undefined },
);
const budgets = fc.record({
  statements: fc.integer({ min: 1, max: 42 }),
  cpuMs: fc.integer({ min: 0, max: 9 }),
});
const anyChores = fc
  .array(fc.tuple(everyMinutes, budgets, hours), { maxLength: 12 })
  .map((drawn) => drawn.map(([every, budget, open], place) => choreOf(String(place), every, budget, open)));

describe('whatever the chores are', () => {
  test('each gets exactly one turn in every stretch of its minutes, in its hours only', () => {
    fc.assert(
      fc.property(anyChores, fc.integer({ min: 0, max: 23 }), (chores, hour) => {
        const first = midnight + hour * 60;
        const turns = Array.from({ length: 60 }, (_, place) => choresAt(chores, first + place, plan));
        for (const chore of chores) {
          const {
            everyMinutes: { free: every },
            hours: open,
          } = chore.when;
          const isOpen = open === undefined || (hour >= open.from && hour < open.to);
          for (let from = 0; from < 60; from += every) {
            const count = turns.slice(from, from + every).filter((turn) => turn.includes(chore)).length;
            expect(count).toBe(isOpen ? 1 : 0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  /** Each divides the next, the most frequent first: then there is room for all whose shares together are one whole. */
  const chain: readonly EveryMinutes[] = [1, 2, 4, 12, 60];
  test('no minute passes the bound when their shares of an hour fit into it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3, 6),
        fc.array(fc.constantFrom(...chain), { maxLength: 60 }),
        (perMinute, drawn) => {
          const one = { statements: bound.statements / perMinute, cpuMs: 0 };
          const fitting: EveryMinutes[] = [];
          for (const every of drawn.toSorted((a, b) => a - b)) {
            const taken = fitting.reduce((sum, each) => sum + 60 / each, 60 / every);
            if (taken <= perMinute * 60) fitting.push(every);
          }
          const chores = fitting.map((every, place) => choreOf(String(place), every, one));
          for (let minute = midnight; minute < midnight + 60; minute += 1) {
            expect(choresAt(chores, minute, plan).length).toBeLessThanOrEqual(perMinute);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('those that throw cost no other its turn, and each of them is told of once', async () => {
    const shop = await openShop();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async (throwing) => {
        shop.db.all(`DELETE FROM alerts`);
        const done: string[] = [];
        const chores = throwing.map((isThrowing, place): Chore => ({
          ...choreOf(String(place), 1, { statements: 1, cpuMs: 0 }),
          run: async () => {
            done.push(String(place));
            if (isThrowing) throw new Error('broken');
          },
        }));
        await doChores(chores, roundOf(shop), shop.clock.now);
        await doChores(chores, roundOf(shop), shop.clock.now + 60_000);
        const names = chores.map(({ name }) => name);
        expect(done).toEqual([...names, ...names]);
        expect(shop.db.all(`SELECT id FROM alerts`)).toHaveLength(throwing.filter(Boolean).length);
      }),
      { numRuns: 30 },
    );
  });
});
