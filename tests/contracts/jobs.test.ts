/** 大件: what every job of many pages promises: who it is, that a page fits an invocation, and that its bell brings it to its end. */
import { describe, expect, test } from 'vitest';
import { jobs } from '../../workers/commands/jobs/index.ts';
import { statement } from '../../workers/db/db.ts';
import { isAnyJobOpen } from '../../workers/db/upkeep/open-jobs.ts';
import { plans } from '../../workers/platform/plans.ts';
import { chores } from '../../workers/schedule/chores/index.ts';
import { answerBell } from '../../workers/work.ts';
import { openBusyShop } from '../schedule/busy-shop.ts';
import { fileOf, forgotten } from '../support/registry.ts';

const bell = [{ work: 'jobs' }] as const;
/** Reading the configuration in a new isolate, and an alert. */
const besides = 8;
const ringsMax = 100;

test('every file of the folder is in the list, under the name of its job', async () => {
  expect(await forgotten('workers/commands/jobs', jobs)).toEqual([]);
  for (const { name, label } of jobs) {
    const module: object = await import(`../../workers/commands/jobs/${fileOf(name)}`);
    expect(Object.values(module).some((value) => jobs.includes(value))).toBe(true);
    expect(label).toMatch(/^\p{Script=Han}+$/u);
  }
});

describe.each(['free', 'paid'] as const)('on the %s plan', (plan) => {
  test('each ring does one job, within what an invocation may ask, until nothing is open', async () => {
    const { here, round } = await openBusyShop(plan);
    const { db } = here.shop;
    let rings = 1;
    const workshop = { ...round, jobsBell: { ring: () => void (rings += 1) } };
    expect(await isAnyJobOpen(db, here.shop.clock.now)).toBe(true);
    for (let done = 0; done < rings; done += 1) {
      expect(done).toBeLessThan(ringsMax);
      const before = db.counts.statements;
      await answerBell(workshop, bell, 1);
      const asked = db.counts.statements - before;
      expect(asked).toBeLessThanOrEqual(plans[plan].perInvocation.statements - besides);
    }
    expect(await isAnyJobOpen(db, here.shop.clock.now)).toBe(false);
  });
});

test('the clock rings for what is open, and for nothing else', async () => {
  const { here, round } = await openBusyShop('free');
  let rings = 0;
  const chore = chores.find(({ name }) => name === 'jobs');
  const ticking = { ...round, jobsBell: { ring: () => void (rings += 1) } };
  await chore?.run(ticking, here.shop.clock.now);
  expect(rings).toBe(1);
  await here.shop.db.batch([
    statement(`DELETE FROM takebacks`),
    statement(`DELETE FROM handovers`),
    statement(`DELETE FROM grant_jobs`),
    statement(`DELETE FROM referral_dues`),
    statement(`INSERT INTO owed_closes VALUES ('2026-11-30', 0, 0, 0, 0, 0, 0, 0, 0)`),
    statement(`UPDATE campaigns SET status = 'ended'`),
  ]);
  await chore?.run(ticking, here.shop.clock.now);
  expect(rings).toBe(1);
});

test('what fails is told to the shop, and the next job has its turn', async () => {
  const { here, round } = await openBusyShop('paid');
  const { db } = here.shop;
  const broken = {
    batch: (statements: Parameters<typeof db.batch>[0]) =>
      statements.some(({ sql }) => sql.includes('FROM takebacks'))
        ? Promise.reject(new Error('broken'))
        : db.batch(statements),
  };
  await answerBell({ ...round, engine: { ...round.engine, db: broken } }, bell, 1);
  expect(db.all(`SELECT text FROM alerts WHERE kind = 'chore.failed'`)).toEqual([
    { text: expect.stringContaining('收回活动') },
  ]);
});
