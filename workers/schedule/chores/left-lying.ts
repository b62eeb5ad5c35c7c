/** 补拾: rings for events whose ring was lost, and reports those that have waited too long for their sale. */
import { lookForLeftLying } from '../../db/upkeep/due.ts';
import { log } from '../../platform/log.ts';
import type { Round } from '../round.ts';
import { everyMinute, type Chore } from './define.ts';

/** A doorbell rings within a second; an event pending for a minute has lost its ring. */
const behindMs = 60_000;
const overdueHours = 72;

export const leftLying: Chore = {
  name: 'left-lying',
  label: '补拾漏处理的单据',
  when: { everyMinutes: everyMinute },
  budget: { free: { statements: 2, cpuMs: 0.2 }, paid: { statements: 2, cpuMs: 1 } },
  run: pickUp,
};

async function pickUp({ engine, doorbell }: Round, now: number): Promise<void> {
  const { isBehind, overdue } = await lookForLeftLying(engine.db, { now, behindMs, overdueHours });
  if (overdue > 0) log('warn', 'sale_overdue', { events: overdue });
  if (isBehind) doorbell.ring();
}
