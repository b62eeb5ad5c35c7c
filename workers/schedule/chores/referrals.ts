/** 邀请到点: new friends are looked at, first purchases that were kept are paid, commission is posted; page by page. */
import { lookAt } from '../../commands/referrals/due.ts';
import { dropDues, duesAt } from '../../db/referrals/due.ts';
import type { Round } from '../round.ts';
import { everyMinute, type Chore } from './define.ts';

const pagesMax = 10;

export const referrals: Chore = {
  name: 'referrals',
  label: '邀请奖励',
  when: { everyMinutes: everyMinute },
  budget: { free: { statements: 18, cpuMs: 2 }, paid: { statements: 200, cpuMs: 3_000 } },
  run: lookAtDue,
};

async function lookAtDue({ engine, plan }: Round, now: number): Promise<void> {
  const limit = plan.remindersPerTick;
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const { dues, found } = await duesAt(engine.db, now, limit);
    if (dues.length === 0) return;
    const failed = await lookAt(engine, found, now);
    const done = dues.filter(({ id }) => !failed.has(id));
    // Afterwards: whoever dies in between looks once more, and finds that nothing is left to do.
    await dropDues(engine.db, done);
    if (dues.length < limit || done.length === 0) return;
  }
}
