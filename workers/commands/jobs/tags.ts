/** 批量打标签: goes on with the job that was asked for first, a page at a time. */
import { nextTagJob } from '../../db/tags/tag-jobs.ts';
import { tagPage } from '../tags/tag-page.ts';
import type { Job, JobRound } from './define.ts';

const pagesMax = 4;
/** As with coupons for a group. */
const perReminder = { free: 3, paid: 1 } as const;

export const tags: Job = { name: 'tags', label: '批量打标签', run: tagOn };

async function tagOn({ engine, plan }: JobRound, now: number): Promise<boolean> {
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const job = await nextTagJob(engine.db);
    if (job === null) return page > 0;
    await tagPage(engine, job, plan.remindersPerTick * perReminder[plan.name], now);
  }
  return true;
}
