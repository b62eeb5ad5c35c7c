/** 自动对账: compares days that a polled system has reported completely with what was received. */
import { readPolled } from '../../db/sources/polls.ts';
import { compareRead } from '../poll/kernel/compare.ts';
import type { Chore } from './define.ts';

export const tallies: Chore = {
  name: 'tallies',
  label: '取单后的自动对账',
  when: { everyMinutes: { free: 12, paid: 1 } },
  budget: { free: { statements: 14, cpuMs: 1.5 }, paid: { statements: 14, cpuMs: 20 } },
  run: async ({ poll }, now) => {
    if (poll) await compareRead(poll.db, await readPolled(poll.db), now);
  },
};
