/** 预算: what a chore really asks of the database in a busy shop, against what it says. */
import { describe, expect, test } from 'vitest';
import { chores } from '../../workers/schedule/chores/index.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { at } from '../support/builders.ts';
import { openBusyShop } from './busy-shop.ts';

/** What a turn cannot take less than, when it has all the work it can do; fewer would mean that the shop is not busy. */
const leastStatements: Readonly<Record<string, Readonly<Record<'free' | 'paid', number>>>> = {
  reminders: { free: 12, paid: 120 },
  'left-lying': { free: 2, paid: 2 },
  payouts: { free: 15, paid: 15 },
  'in-hand': { free: 2, paid: 2 },
  jobs: { free: 1, paid: 1 },
  messages: { free: 6, paid: 6 },
  silence: { free: 2, paid: 2 },
  'points-ends': { free: 11, paid: 110 },
  reconciliations: { free: 7, paid: 7 },
  erasures: { free: 11, paid: 11 },
  housekeeping: { free: 15, paid: 15 },
  mass: { free: 11, paid: 220 },
  codes: { free: 3, paid: 21 },
  tallies: { free: 12, paid: 12 },
  pulse: { free: 1, paid: 1 },
  polls: { free: 9, paid: 120 },
};

const timeOf = (name: string): number =>
  at(name === 'housekeeping' ? '2026-11-04 03:00' : '2026-11-03 10:01');

describe.each(['free', 'paid'] as const)('on the %s plan', async (plan) => {
  const { here, round } = await openBusyShop(plan);
  const { db } = here.shop;

  test.each(chores)(
    '$name stays within its budget with a full turn of work',
    async ({ name, budget, run }) => {
      const before = db.counts.statements;
      await run(round, timeOf(name));
      const asked = db.counts.statements - before;
      expect(asked).toBeLessThanOrEqual(budget[plan].statements);
      expect(asked).toBeGreaterThanOrEqual(leastStatements[name]?.[plan] ?? Number.POSITIVE_INFINITY);
    },
  );

  test('the configuration and the alarm are 8 statements beside them', async () => {
    const before = db.counts.statements;
    await configCache(db).get();
    expect(db.counts.statements - before + 1).toBeLessThanOrEqual(8);
  });
});
