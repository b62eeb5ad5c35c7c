/** 付款: pays transfers that the doorbell missed, and looks up those under way, even when payouts are switched off. */
import { payOut } from '../../work.ts';
import type { Chore } from './define.ts';

export const payouts: Chore = {
  name: 'payouts',
  label: '付款与到账查询',
  when: { everyMinutes: { free: 4, paid: 1 } },
  budget: { free: { statements: 20, cpuMs: 4 }, paid: { statements: 25, cpuMs: 500 } },
  run: payOut,
};
