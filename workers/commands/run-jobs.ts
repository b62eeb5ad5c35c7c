/** 大件, one turn: the first job that has anything to do goes on; one that fails is told, and the next has its turn. */
import { isOverQuota } from '../db/db.ts';
import { insertAlerts } from '../db/upkeep/alerts.ts';
import { log } from '../platform/log.ts';
import { choreFailed } from '../words/alerts.ts';
import type { JobRound } from './jobs/define.ts';
import { jobs } from './jobs/index.ts';

/** One job an invocation: each may ask all that one is allowed. False where nothing is left, or nothing could be done. */
export async function isJobDone(round: JobRound, now: number): Promise<boolean> {
  for (const job of jobs) {
    try {
      if (await job.run(round, now)) return true;
    } catch (error) {
      if (isOverQuota(error)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      log('error', 'job_failed', { job: job.name, why });
      await round.engine.db.batch([insertAlerts([choreFailed(job, now)])]);
    }
  }
  return false;
}
