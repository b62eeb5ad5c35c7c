/** 轮询取单: polls systems that do not push, a bounded number of pages a turn. */
import { pollDue } from '../poll/kernel/poll.ts';
import type { Chore } from './define.ts';

export const polls: Chore = {
  name: 'polls',
  label: '向收银系统取单',
  // A few documents cost two milliseconds. A full page of a hundred, which only a backlog brings, costs ten: then the
  // invocation may end here, because no other chore follows.
  when: { everyMinutes: { free: 2, paid: 1 } },
  budget: { free: { statements: 12, cpuMs: 4 }, paid: { statements: 260, cpuMs: 2_000 } },
  run: async ({ poll }, now) => {
    if (poll) await pollDue(poll, now);
  },
};
