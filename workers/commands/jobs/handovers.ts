/** 交接: the members of whoever left move to whoever takes over, a page at a time; whoever dies in between is carried on from there. */
import { defaultTimezone } from '../../../schema/index.ts';
import { movePage, pageOf } from '../../db/people/handover-pages.ts';
import { openHandover } from '../../db/people/handovers.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import type { PlanName } from '../../platform/plans.ts';
import type { Job, JobRound } from './define.ts';

/** Ten thousand members are ten pages on the free plan, and a third of the rows of its day. */
export const membersPerTurn: Readonly<Record<PlanName, number>> = { free: 1_000, paid: 2_000 };

export const handovers: Job = { name: 'handovers', label: '导购离职交接', run: handOver };

async function handOver({ engine: { db }, plan, sendingBell }: JobRound, now: number): Promise<boolean> {
  const open = await openHandover(db);
  if (!open || open.stage === 'done') return false;
  const limit = membersPerTurn[plan.name];
  const keys = await pageOf(db, open.stage, open, limit);
  const tellAt = whenAwake(now, defaultTimezone);
  await movePage(db, open, { keys, isLast: keys.length < limit, tellAt }, now);
  if (open.tells) sendingBell.ring();
  return true;
}
