/** 大件: rings for what the office began and nobody has finished, and for birthdays that a campaign waits for. */
import { isAnyJobOpen } from '../../db/upkeep/open-jobs.ts';
import type { Chore } from './define.ts';

export const jobs: Chore = {
  name: 'jobs',
  label: '接着做没做完的批量工作',
  when: { everyMinutes: { free: 4, paid: 1 } },
  budget: { free: { statements: 1, cpuMs: 0.2 }, paid: { statements: 1, cpuMs: 5 } },
  run: async ({ engine, jobsBell }, now) => {
    if (await isAnyJobOpen(engine.db, now)) jobsBell.ring();
  },
};
