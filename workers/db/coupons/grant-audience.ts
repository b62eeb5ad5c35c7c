/** 给谁发券: the members of an audience, in the order of their ids; the same words count them and walk through them. */
import { members, type GrantAudience, type GrantJob, type MemberId } from '../../../schema/index.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db, type Value } from '../db.ts';
import { foundOf, hasEnded, isOf, mayBeOf } from '../members/level-filter.ts';
import { levelsIn, selectLevels } from '../members/level-settings.ts';
import { list, selectList } from '../set.ts';
import { isOfLine } from '../shelves/product-facts.ts';
import { fromOf } from '../shelves/rows.ts';
import { isWornTag } from '../shelves/tags.ts';

/** For each place of a page so many members are looked at: the page may be short, and is never a long wait. */
const looksPerPlace = 20;
/** Who counts an audience looks at no more members than this. */
export const membersCountedMax = 200_000;
/** Levels that have ended are worked out a page at a time; beyond so many pages nobody is counted, but everybody is given theirs. */
const endedPage = 2_000;
const endedPagesMax = 20;

type Group = Pick<GrantJob, 'audience' | 'storeIds' | 'createdAt'>;

/** On `m`; ?1 are the stores, ?2 when the job was drawn up, ?3 what the audience names, ?4 since when somebody bought, or today. */
function conditionOf(
  { audience, storeIds, createdAt }: Group,
  now: number,
): { where: string; params: readonly Value[] } {
  const { where, names, since = shopDay(now) } = choiceOf(audience, createdAt);
  return {
    where: `m.merged_into IS NULL AND m.deleted_at IS NULL AND m.created_at <= ?2 AND ?4 IS ?4
      AND (?1 IS NULL OR m.store_id IN (SELECT value FROM json_each(?1))) AND ${where}`,
    params: [storeIds === null ? null : list(storeIds), createdAt, names, since],
  };
}

function choiceOf(
  audience: GrantAudience,
  createdAt: number,
): { where: string; names: string; since?: number | string } {
  if ('level' in audience) return { where: mayBeOf('?3', '?4'), names: audience.level };
  if ('storeId' in audience) return { where: 'm.store_id = ?3', names: audience.storeId };
  if ('associateId' in audience) return { where: 'm.associate_id = ?3', names: audience.associateId };
  if ('tag' in audience) {
    const own = `SELECT 1 FROM ${fromOf('tags')} AS t WHERE t.member_id = m.id AND t.tag = ?3`;
    return { where: `EXISTS (${own} AND ${isWornTag})`, names: audience.tag };
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
  CROSS JOIN product_facts AS f ON ${isOfLine('f', 'l')}
  WHERE s.member_id = m.id AND s.occurred_at >= ?4 AND s.voided_at IS NULL
    AND round((l.value ->> 1) * 1000) > (SELECT coalesce(sum(b.value ->> '$.quantityMilli'), 0) FROM refunds AS r
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
  readonly now: number;
};

/** Of a group by level, whoever's has ended is worked out; the others are counted as they are written. */
export async function countAudience(db: Db, group: Group, shares: Shares): Promise<AudienceCount> {
  const { where, params } = conditionOf(group, shares.now);
  const { perMember, perMemberPerDay } = shares;
  // Nobody has to be asked after a share that is not limited.
  const hasShare = perMember !== null || perMemberPerDay !== null;
  const looked = `(SELECT * FROM members ORDER BY id LIMIT ${membersCountedMax}) AS m WHERE ${where}`;
  const full = hasShare ? isFull : '0';
  const all = [...params, ...(hasShare ? sharesOf(shares) : [])];
  const certain = 'level' in group.audience ? `AND NOT ${hasEnded('?4')}` : '';
  const sql = `SELECT count(*) AS people, coalesce(sum(${full}), 0) AS full FROM ${looked} ${certain}`;
  const [row] = rowsAt(await db.batch([statement(sql, ...all)]), 0);
  const counted = { people: Number(row?.['people'] ?? 0), full: Number(row?.['full'] ?? 0) };
  if (!('level' in group.audience)) return counted;
  const { level } = group.audience;
  let after = '';
  for (let page = 0; page < endedPagesMax; page += 1) {
    const place = all.length + 1;
    const ended = `SELECT ${selectList(members, 'm')}, ${full} AS full FROM ${looked} AND ${hasEnded('?4')}
      AND m.id > ?${place} ORDER BY m.id LIMIT ${endedPage}`;
    const results = await db.batch([statement(ended, ...all, after), selectLevels()]);
    const rows = rowsAt(results, 0);
    foundOf(rows, levelsIn(rowsAt(results, 1))).forEach((found, at) => {
      if (!isOf(level, found, shares.now)) return;
      counted.people += 1;
      counted.full += Number(rows[at]?.['full']);
    });
    if (rows.length < endedPage) break;
    after = String(rows.at(-1)?.['id']);
  }
  return counted;
}

/** On `m`; the parameters of `sharesOf` are numbered from ?5. */
const isFull = `coalesce((SELECT (?6 IS NOT NULL AND c.used + ?8 > ?6)
    OR (?7 IS NOT NULL AND coalesce(c.days ->> ('$."' || ?9 || '"'), 0) + ?8 > ?7)
  FROM ${fromOf('memberCounters')} AS c WHERE c.member_id = m.id AND c.subject = ?5), ?8 > coalesce(?6, ?8) OR ?8 > coalesce(?7, ?8))`;

const sharesOf = ({ templateId, perMember, perMemberPerDay, count, now }: Shares): Value[] => [
  templateId,
  perMember,
  perMemberPerDay,
  count,
  shopDay(now),
];

export type AudiencePage = {
  readonly memberIds: readonly MemberId[];
  /** The last member that was looked at; the next page begins after it. */
  readonly cursor: string;
  readonly isLast: boolean;
};

/** Those of the audience among the next members, and how far that looked; of a group by level, what the level is now. */
export async function readAudiencePage(
  db: Db,
  job: Group & Pick<GrantJob, 'cursor'>,
  limit: number,
  now: number,
): Promise<AudiencePage> {
  const { audience } = job;
  const byLevel = 'level' in audience ? audience.level : null;
  const { where, params } = conditionOf(job, now);
  const looks = limit * looksPerPlace;
  const next = (place: number): string =>
    `SELECT id FROM members WHERE id > ?${place} ORDER BY id LIMIT ${looks}`;
  const results = await db.batch([
    statement(
      `SELECT ${byLevel === null ? 'm.id' : selectList(members, 'm')} FROM members AS m WHERE m.id > ?5 AND m.id <= (SELECT max(id) FROM (${next(5)})) AND ${where}
       ORDER BY m.id LIMIT ?6`,
      ...params,
      job.cursor,
      limit,
    ),
    statement(`SELECT count(*) AS looked, max(id) AS edge FROM (${next(1)})`, job.cursor),
    ...(byLevel === null ? [] : [selectLevels()]),
  ]);
  const rows = rowsAt(results, 0);
  const [edge] = rowsAt(results, 1);
  const memberIds =
    byLevel === null
      ? rows.map(({ id }) => String(id) as MemberId)
      : foundOf(rows, levelsIn(rowsAt(results, 2))).flatMap((found) =>
          isOf(byLevel, found, now) ? [found.member.id] : [],
        );
  if (rows.length === limit) return { memberIds, cursor: String(rows.at(-1)?.['id']), isLast: false };
  return {
    memberIds,
    cursor: typeof edge?.['edge'] === 'string' ? edge['edge'] : job.cursor,
    isLast: Number(edge?.['looked'] ?? 0) < looks,
  };
}
