/** 交接: the members of whoever left move to whoever takes over, a page at a time; whoever dies in between is carried on from there. */
import { defaultTimezone } from '../../../schema/index.ts';
import { movePage, pageOf } from '../../db/people/handover-pages.ts';
import { openHandover } from '../../db/shop/handovers.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import type { PlanName } from '../../platform/plans.ts';
import type { Round } from '../round.ts';
import type { Chore } from './define.ts';

/** Ten thousand members take two hours on the free plan, and a third of the rows of its day. */
export const membersPerTurn: Readonly<Record<PlanName, number>> = { free: 1_000, paid: 2_000 };

export const handovers: Chore = {
  name: 'handovers',
  label: '导购离职交接',
  when: { everyMinutes: { free: 12, paid: 1 } },
  budget: { free: { statements: 5, cpuMs: 0.5 }, paid: { statements: 5, cpuMs: 10 } },
  run: handOver,
};

async function handOver({ engine: { db }, plan, sendingBell }: Round, now: number): Promise<void> {
  const open = await openHandover(db);
  if (!open || open.stage === 'done') return;
  const limit = membersPerTurn[plan.name];
  const keys = await pageOf(db, open.stage, open, limit);
  const tellAt = whenAwake(now, defaultTimezone);
  await movePage(db, open, { keys, isLast: keys.length < limit, tellAt }, now);
  if (open.tells) sendingBell.ring();
}
