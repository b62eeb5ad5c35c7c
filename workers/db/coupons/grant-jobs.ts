/** 给一群会员发券 in the database: a job and how far it has come, and what became of each member. */
import {
  grantJobs,
  grantOutcomes,
  type GrantCounts,
  type GrantJob,
  type GrantOutcome,
  type GrantOutcomeKind,
} from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, selectList, upsertSet } from '../set.ts';
import type { AudiencePage } from './grant-audience.ts';

export const insertGrantJob = (job: GrantJob): Statement => insertSet(grantJobs, [job]);

export async function readGrantJob(db: Db, id: string): Promise<GrantJob | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(grantJobs, 't')} FROM grant_jobs AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(grantJobs, rowsAt(results, 0))[0] ?? null;
}

export async function listGrantJobs(db: Db, before: NewestFirst, limit: number): Promise<GrantJob[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(grantJobs, 't')} FROM grant_jobs AS t WHERE (t.created_at, t.id) < (?1, ?2)
       ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return decodeAll(grantJobs, rowsAt(results, 0));
}

/** Started longest ago: one job after the other. */
export async function nextGrantJob(db: Db): Promise<GrantJob | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(grantJobs, 't')} FROM grant_jobs AS t WHERE t.state = 'running' ORDER BY t.started_at LIMIT 1`,
    ),
  ]);
  return decodeAll(grantJobs, rowsAt(results, 0))[0] ?? null;
}

/** Of a job that is in another state already, nothing is changed. */
export const startGrantJob = (id: string, now: number): Statement =>
  statement(
    `UPDATE grant_jobs SET state = 'running', started_at = CAST(?2 AS INTEGER) WHERE id = ?1 AND state = 'draft'`,
    id,
    now,
  );

/** Lists of people are not kept beyond their use. */
const emptied = `audience = iif(audience -> 'memberIds' IS NULL, audience, '{"memberIds":[]}')`;

/** What has been given stays given. */
export const stopGrantJob = (id: string, now: number): Statement =>
  statement(
    `UPDATE grant_jobs SET state = 'stopped', ended_at = CAST(?2 AS INTEGER), ${emptied}
     WHERE id = ?1 AND state IN ('draft', 'running')`,
    id,
    now,
  );

export type Outcomes = {
  readonly page: AudiencePage;
  readonly became: ReadonlyMap<GrantOutcome['memberId'], GrantOutcomeKind>;
  readonly now: number;
};

/** False where the job is not as it was read: somebody else has told what became of this page, or stopped it. */
export async function writeOutcomes(
  db: Db,
  job: GrantJob,
  { page, became, now }: Outcomes,
): Promise<boolean> {
  const rows = [...became].map(([memberId, outcome]) => ({ jobId: job.id, memberId, outcome, at: now }));
  try {
    await db.batch([
      statement(
        `INSERT INTO guards (name) SELECT 'grant-job' FROM grant_jobs WHERE id = ?1 AND (cursor <> ?2 OR state <> 'running')`,
        job.id,
        job.cursor,
      ),
      ...(rows.length > 0 ? [upsertSet(grantOutcomes, rows)] : []),
      statement(
        `UPDATE grant_jobs SET cursor = ?2, counts = ?3${page.isLast ? `, state = 'done', ended_at = CAST(?4 AS INTEGER), ${emptied}` : ''}
         WHERE id = ?1 AND ?4 IS ?4`,
        job.id,
        page.cursor,
        json(countedOn(job.counts, became.values())),
        now,
      ),
    ]);
    return true;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return false;
    throw error;
  }
}

function countedOn(counts: GrantCounts, more: Iterable<GrantOutcomeKind>): GrantCounts {
  const sum: Partial<Record<GrantOutcomeKind, number>> = { ...counts };
  for (const kind of more) sum[kind] = (sum[kind] ?? 0) + 1;
  return sum;
}

export type OutcomeRow = Pick<GrantOutcome, 'memberId' | 'outcome' | 'at'> & {
  readonly name: string | null;
  readonly phone: string | null;
};

/** By the members' ids; who was forgotten since has no name any more. */
export async function listOutcomes(
  db: Db,
  {
    jobId,
    outcome,
    after,
    limit,
  }: { jobId: string; outcome: GrantOutcomeKind | null; after: string; limit: number },
): Promise<OutcomeRow[]> {
  const results = await db.batch([
    statement(
      `SELECT t.member_id AS "memberId", t.outcome, t.at, m.name, m.phone FROM grant_outcomes AS t
       LEFT JOIN members AS m ON m.id = t.member_id
       WHERE t.job_id = ?1 AND t.member_id > ?2 AND (?3 IS NULL OR t.outcome = ?3) ORDER BY t.member_id LIMIT ?4`,
      jobId,
      after,
      outcome,
      limit,
    ),
  ]);
  // The columns above, of these types.
  return rowsAt(results, 0) as unknown as OutcomeRow[];
}

export const forgetGrantDrafts = (before: number): Statement =>
  statement(`DELETE FROM grant_jobs WHERE state = 'draft' AND created_at < ?1`, before);

const outcomesDroppedMax = 1_000;

/** Once nobody asks any more who got what; how many they were stays with the job. */
export const forgetGrantOutcomes = (before: number): Statement =>
  statement(
    `DELETE FROM grant_outcomes WHERE (job_id, member_id) IN (SELECT o.job_id, o.member_id FROM grant_jobs AS j
       CROSS JOIN grant_outcomes AS o ON o.job_id = j.id WHERE j.ended_at < ?1 ORDER BY j.created_at LIMIT ${outcomesDroppedMax})`,
    before,
  );
