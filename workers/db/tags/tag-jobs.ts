/** 批量打标签 in the database: a job, the next members it concerns, and how far it has come. */
import {
  tagJobs,
  type AssociateId,
  type MemberId,
  type TagJob,
  type TagOutcome,
} from '../../../schema/index.ts';
import { newId } from '../../platform/digest.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, list, selectList } from '../set.ts';
import { listNewest, readOne } from '../shop/definitions.ts';

export const insertTagJob = (job: TagJob): Statement => insertSet(tagJobs, [job]);

/** Everybody, by the rules of today. */
export const recountJob = (by: string, now: number): TagJob => ({
  id: newId('tj'),
  tagging: null,
  audience: null,
  storeIds: null,
  by,
  state: 'running',
  cursor: '',
  counts: {},
  createdAt: now,
  endedAt: null,
});

export const readTagJob = (db: Db, id: string): Promise<TagJob | null> => readOne(db, tagJobs, id);

export const listTagJobs = (db: Db, before: NewestFirst, limit: number): Promise<TagJob[]> =>
  listNewest(db, tagJobs, before, limit);

/** Asked for longest ago: one job after the other. */
export async function nextTagJob(db: Db): Promise<TagJob | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(tagJobs, 't')} FROM tag_jobs AS t WHERE t.state = 'running' ORDER BY t.created_at, t.id LIMIT 1`,
    ),
  ]);
  return decodeAll(tagJobs, rowsAt(results, 0))[0] ?? null;
}

/** Of a card that a till uses for everybody nothing is counted anew. */
const salesMax = 500;

type TagPage = {
  readonly memberIds: readonly MemberId[];
  readonly cursor: string;
  readonly isLast: boolean;
};

const living = 'm.merged_into IS NULL AND m.deleted_at IS NULL';

export async function readTagPage(
  db: Db,
  { audience, storeIds, cursor }: TagJob,
  limit: number,
): Promise<TagPage> {
  if (audience === null) return everybody(db, cursor, limit);
  // A list is short enough to be gone through; who wears a tag is looked up by it.
  const [from, given] =
    'tag' in audience
      ? [
          `(SELECT h.member_id AS id FROM tag_holders AS h WHERE h.tag = ?3 AND h.member_id > ?1)`,
          audience.tag,
        ]
      : [`(SELECT DISTINCT value AS id FROM json_each(?3) WHERE value > ?1)`, list(audience.memberIds)];
  const results = await db.batch([
    statement(
      `SELECT p.id, m.id IS NOT NULL AND ${living} AND (?4 IS NULL OR m.store_id IN (SELECT value FROM json_each(?4))) AS theirs
       FROM (SELECT id FROM ${from} ORDER BY id LIMIT ?2) AS p LEFT JOIN members AS m ON m.id = p.id ORDER BY p.id`,
      cursor,
      limit,
      given,
      storeIds === null ? null : list(storeIds),
    ),
  ]);
  const rows = rowsAt(results, 0);
  const edge = rows.at(-1)?.['id'];
  return {
    memberIds: rows.flatMap(({ id, theirs }) => (theirs === 1 ? [String(id) as MemberId] : [])),
    cursor: typeof edge === 'string' ? edge : cursor,
    isLast: rows.length < limit,
  };
}

/** Whoever bought something, or was counted before: as many as have no more sales together than are read at once. */
async function everybody(db: Db, cursor: string, limit: number): Promise<TagPage> {
  const looked = limit * 10;
  const results = await db.batch([
    statement(
      `SELECT m.id, ${living} AND (m.document -> '$.tagRules' IS NOT NULL OR EXISTS (SELECT 1 FROM sales WHERE member_id = m.id)) AS theirs,
        (SELECT count(*) FROM (SELECT 1 FROM sales WHERE member_id = m.id LIMIT ${salesMax + 1})) AS sales
       FROM members AS m WHERE m.id > ?1 ORDER BY m.id LIMIT ${looked}`,
      cursor,
    ),
  ]);
  const memberIds: MemberId[] = [];
  let sales = 0;
  let last = cursor;
  for (const row of rowsAt(results, 0)) {
    const own = Number(row['sales']);
    const isTheirs = row['theirs'] === 1 && own <= salesMax;
    if (isTheirs && memberIds.length > 0 && (sales + own > salesMax || memberIds.length === limit))
      return { memberIds, cursor: last, isLast: false };
    last = String(row['id']);
    if (!isTheirs) continue;
    memberIds.push(last as MemberId);
    sales += own;
  }
  return { memberIds, cursor: last, isLast: rowsAt(results, 0).length < looked };
}

/** False where the job is not as it was read: somebody else has told what became of this page. */
export async function writeTagOutcomes(
  db: Db,
  job: TagJob,
  {
    page,
    became,
    now,
  }: { readonly page: TagPage; readonly became: readonly TagOutcome[]; readonly now: number },
): Promise<boolean> {
  const counts: Partial<Record<TagOutcome, number>> = { ...job.counts };
  for (const outcome of became) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const ended = `, state = 'done', ended_at = CAST(?4 AS INTEGER),
    audience = iif(audience -> 'memberIds' IS NULL, audience, '{"memberIds":[]}')`;
  try {
    await db.batch([
      statement(
        `INSERT INTO guards (name) SELECT 'tag-job' FROM tag_jobs WHERE id = ?1 AND (cursor <> ?2 OR state <> 'running')`,
        job.id,
        job.cursor,
      ),
      statement(
        `UPDATE tag_jobs SET cursor = ?2, counts = ?3${page.isLast ? ended : ''} WHERE id = ?1 AND ?4 IS ?4`,
        job.id,
        page.cursor,
        json(counts),
        now,
      ),
    ]);
    return true;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return false;
    throw error;
  }
}

/** Those of them whose associate she is. */
export async function ownAmong(
  db: Db,
  associateId: AssociateId,
  memberIds: readonly string[],
): Promise<MemberId[]> {
  const results = await db.batch([
    statement(
      `SELECT m.id FROM json_each(?2) AS j CROSS JOIN members AS m ON m.id = j.value
       WHERE m.associate_id = ?1 AND ${living} ORDER BY m.id`,
      associateId,
      list(memberIds),
    ),
  ]);
  return rowsAt(results, 0).map(({ id }) => String(id) as MemberId);
}
