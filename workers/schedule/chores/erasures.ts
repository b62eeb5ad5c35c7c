/** 清除副本: empties what was stored of members who asked to be forgotten, a page at a time. */
import { erasePage } from '../../db/upkeep/erasures.ts';
import type { Chore } from './define.ts';

export const erasures: Chore = {
  name: 'erasures',
  label: '清除已注销会员的资料',
  when: { everyMinutes: { free: 12, paid: 1 } },
  budget: { free: { statements: 12, cpuMs: 0.5 }, paid: { statements: 12, cpuMs: 5 } },
  run: ({ engine }, now) => erasePage(engine.db, now),
};
