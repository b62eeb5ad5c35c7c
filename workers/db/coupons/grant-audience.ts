/** 给谁发券: the members of an audience, in the order of their ids; the same words count them and walk through them. */
import type { GrantAudience, GrantJob, MemberId } from '../../../schema/index.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db, type Value } from '../db.ts';
import { list } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

/** For each place of a page so many members are looked at: the page may be short, and is never a long wait. */
const looksPerPlace = 20;
/** Who counts an audience looks at no more members than this. */
export const membersCountedMax = 200_000;

type Group = Pick<GrantJob, 'audience' | 'storeIds' | 'createdAt'>;

/** On `m`; ?1 are the stores, ?2 when the job was drawn up, ?3 what the audience names, ?4 since when somebody bought. */
function conditionOf({ audience, storeIds, createdAt }: Group): { where: string; params: readonly Value[] } {
  const { where, names, since = 0 } = choiceOf(audience, createdAt);
  return {
    where: `m.merged_into IS NULL AND m.deleted_at IS NULL AND m.created_at <= ?2 AND ?4 IS ?4
      AND (?1 IS NULL OR m.store_id IN (SELECT value FROM json_each(?1))) AND ${where}`,
    params: [storeIds === null ? null : list(storeIds), createdAt, names, since],
  };
}

function choiceOf(
  audience: GrantAudience,
  createdAt: number,
): { where: string; names: string; since?: number } {
  if ('level' in audience) return { where: 'm.level = ?3', names: audience.level };
  if ('storeId' in audience) return { where: 'm.store_id = ?3', names: audience.storeId };
  if ('associateId' in audience) return { where: 'm.associate_id = ?3', names: audience.associateId };
  if ('tag' in audience) {
    const own = `SELECT 1 FROM ${fromOf('tags')} AS t WHERE t.member_id = m.id AND t.tag = ?3`;
    return { where: `EXISTS (${own} AND (t.support > 0 OR t.manual = 1))`, names: audience.tag };
  }
  if ('memberIds' in audience) {
    // Somebody who was merged meanwhile is given it as the survivor.
    const way = `WITH RECURSIVE way(id) AS (SELECT value FROM json_each(?3)
      UNION SELECT g.merged_into FROM way CROSS JOIN members AS g ON g.id = way.id WHERE g.merged_into IS NOT NULL) SELECT id FROM way`;
    return { where: `m.id IN (${way})`, names: list(audience.memberIds) };
  }
  const { kind, id, days } = audience.bought;
  const named =
    kind === 'sku'
      ? 'f.sku = ?3'
      : 'EXISTS (SELECT 1 FROM json_each(f.category_ids) AS c WHERE c.value = ?3)';
  return { where: `EXISTS (${keptLines} AND ${named})`, names: id, since: createdAt - days * dayMs };
}

/** A line of which something was kept: who has brought all of it back has not bought it. */
const keptLines = `SELECT 1 FROM sales AS s CROSS JOIN json_each(s.document, '$[2]') AS l
  CROSS JOIN product_facts AS f ON f.key = l.value ->> 0
  WHERE s.member_id = m.id AND s.occurred_at >= ?4 AND s.voided_at IS NULL
    AND l.value ->> 1 > (SELECT coalesce(sum(b.value ->> '$.quantityMilli'), 0) FROM refunds AS r
      CROSS JOIN json_each(r.lines) AS b WHERE r.sale_id = s.id AND b.value ->> '$.sku' = f.sku)`;

export type AudienceCount = {
  readonly people: number;
  /** Of them, those who have had as many of the template as one may have, ever or today. */
  readonly full: number;
};

type Shares = {
  readonly templateId: string;
  readonly count: number;
  readonly perMember: number | null;
  readonly perMemberPerDay: number | null;
  readonly today: string;
};

export async function countAudience(db: Db, group: Group, shares: Shares): Promise<AudienceCount> {
  const { where, params } = conditionOf(group);
  const { templateId, count, perMember, perMemberPerDay, today } = shares;
  // Nobody has to be asked after a share that is not limited.
  const isFull = `coalesce((SELECT (?6 IS NOT NULL AND c.used + ?8 > ?6)
      OR (?7 IS NOT NULL AND coalesce(c.days ->> ('$."' || ?9 || '"'), 0) + ?8 > ?7)
    FROM ${fromOf('memberCounters')} AS c WHERE c.member_id = m.id AND c.subject = ?5), ?8 > coalesce(?6, ?8) OR ?8 > coalesce(?7, ?8))`;
  const full = perMember === null && perMemberPerDay === null ? '0' : `sum(${isFull})`;
  const sql = `SELECT count(*) AS people, coalesce(${full}, 0) AS full FROM (
      SELECT * FROM members ORDER BY id LIMIT ${membersCountedMax}) AS m WHERE ${where}`;
  const shared = full === '0' ? [] : [templateId, perMember, perMemberPerDay, count, today];
  const [row] = rowsAt(await db.batch([statement(sql, ...params, ...shared)]), 0);
  return { people: Number(row?.['people'] ?? 0), full: Number(row?.['full'] ?? 0) };
}

export type AudiencePage = {
  readonly memberIds: readonly MemberId[];
  /** The last member that was looked at; the next page begins after it. */
  readonly cursor: string;
  readonly isLast: boolean;
};

/** Two statements: those of the audience among the next members, and how far that looked. */
export async function readAudiencePage(
  db: Db,
  job: Group & Pick<GrantJob, 'cursor'>,
  limit: number,
): Promise<AudiencePage> {
  const { where, params } = conditionOf(job);
  const looks = limit * looksPerPlace;
  const next = (place: number): string =>
    `SELECT id FROM members WHERE id > ?${place} ORDER BY id LIMIT ${looks}`;
  const results = await db.batch([
    statement(
      `SELECT m.id FROM members AS m WHERE m.id > ?5 AND m.id <= (SELECT max(id) FROM (${next(5)})) AND ${where}
       ORDER BY m.id LIMIT ?6`,
      ...params,
      job.cursor,
      limit,
    ),
    statement(`SELECT count(*) AS looked, max(id) AS edge FROM (${next(1)})`, job.cursor),
  ]);
  const memberIds = rowsAt(results, 0).map(({ id }) => String(id) as MemberId);
  const [edge] = rowsAt(results, 1);
  const last = memberIds.at(-1);
  if (last !== undefined && memberIds.length === limit) return { memberIds, cursor: last, isLast: false };
  return {
    memberIds,
    cursor: typeof edge?.['edge'] === 'string' ? edge['edge'] : job.cursor,
    isLast: Number(edge?.['looked'] ?? 0) < looks,
  };
}
