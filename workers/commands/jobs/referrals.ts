/** 邀请到点: new friends are looked at, first purchases that were kept are paid, commission is posted; some pages at a time. */
import { dropDues, duesAt } from '../../db/referrals/due.ts';
import { lookAt } from '../referrals/due.ts';
import type { Job } from './define.ts';

const pagesMax = 4;

export const referrals: Job = {
  name: 'referrals',
  label: '邀请奖励',
  run: async ({ engine, plan }, now) => {
    const limit = plan.remindersPerTick;
    let isAnyDone = false;
    for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
      const { dues, found } = await duesAt(engine.db, now, limit);
      if (dues.length === 0) return isAnyDone;
      const failed = await lookAt(engine, found, now);
      const done = dues.filter(({ id }) => !failed.has(id));
      // Afterwards: whoever dies in between looks once more, and finds that nothing is left to do.
      await dropDues(engine.db, done);
      // A page that failed as a whole would come back unchanged, so the next minute tries it again.
      if (done.length === 0) return isAnyDone;
      isAnyDone = true;
    }
    return isAnyDone;
  },
};
