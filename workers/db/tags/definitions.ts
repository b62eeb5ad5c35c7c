/** 标签库, 标签规则 and 分组 in the database: few of each, and never more than the shop may have. */
import { getTableName } from 'drizzle-orm';
import {
  dictionariesMax,
  groupsMax,
  memberGroups,
  tagDictionaries,
  tagRules,
  tagRulesMax,
  type MemberGroup,
  type TagDictionary,
  type TagRule,
} from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { insertSet } from '../set.ts';
import { bumpConfig } from '../world/apply.ts';
import { endOfTime } from '../paging.ts';
import { listNewest } from '../shop/definitions.ts';
import { insertTagJob, recountJob } from './tag-jobs.ts';

type Slotted = typeof tagDictionaries | typeof tagRules | typeof memberGroups;
type Row = Slotted['$inferSelect'];

/** Its place is counted as it is written: the CHECK of the table refuses one too many. */
export const insertSlotted = (table: Slotted, row: Row): Statement[] => [
  insertSet(table, [row]),
  statement(
    `UPDATE ${getTableName(table)} SET slot = (SELECT count(*) FROM ${getTableName(table)}) WHERE id = ?1`,
    row.id,
  ),
  bumpConfig(),
];

export async function replaceSlotted(
  db: Db,
  table: Slotted,
  next: Row,
  read: Row,
): Promise<'replaced' | 'stale'> {
  const results = await db.batch([replacing(table, next, read), bumpConfig()]);
  return rowsAt(results, 0).length > 0 ? 'replaced' : 'stale';
}

const replacing = (table: Slotted, next: Row, read: Row): Statement =>
  statement(
    `UPDATE ${getTableName(table)} SET definition = ?2 WHERE id = ?1 AND definition = ?3 RETURNING id`,
    next.id,
    json(next.definition),
    json(read.definition),
  );

/** What everybody bought is looked at anew, a page at a time. */
export async function replaceRule(db: Db, next: TagRule, read: TagRule): Promise<'replaced' | 'stale'> {
  const results = await db.batch([
    statement(
      `UPDATE tag_rules SET definition = ?2, rev = ?4 WHERE id = ?1 AND definition = ?3 RETURNING id`,
      next.id,
      json(next.definition),
      json(read.definition),
      next.rev,
    ),
    insertTagJob(recountJob('', next.changedAt)),
    bumpConfig(),
  ]);
  return rowsAt(results, 0).length > 0 ? 'replaced' : 'stale';
}

export async function countOfSlots(db: Db, table: Slotted): Promise<number> {
  const results = await db.batch([statement(`SELECT count(*) AS n FROM ${getTableName(table)}`)]);
  return Number(rowsAt(results, 0)[0]?.['n'] ?? 0);
}

const newest = { at: endOfTime, id: '' };
export const allDictionaries = (db: Db): Promise<TagDictionary[]> =>
  listNewest(db, tagDictionaries, newest, dictionariesMax);
export const allRules = (db: Db): Promise<TagRule[]> => listNewest(db, tagRules, newest, tagRulesMax);
export const allGroups = (db: Db): Promise<MemberGroup[]> => listNewest(db, memberGroups, newest, groupsMax);
