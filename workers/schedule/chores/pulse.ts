/** 钟走着: notes that the clock still goes, so that the office sees when it stands still. Three rows an hour. */
import { noteClock } from '../../db/upkeep/running.ts';
import type { Chore } from './define.ts';

export const pulse: Chore = {
  name: 'pulse',
  label: '记下定时任务还在走',
  when: { everyMinutes: { free: 20, paid: 20 } },
  budget: { free: { statements: 1, cpuMs: 0.1 }, paid: { statements: 1, cpuMs: 1 } },
  run: ({ engine }, now) => engine.db.batch([noteClock(now)]),
};
