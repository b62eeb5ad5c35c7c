/** 交接的一批: the pages in which members and fans are moved to whoever takes over, each moved and noted, or neither. */
import type { Handover } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { list } from '../set.ts';
import { living } from './handovers.ts';

const tables = {
  members: { key: 'id', hers: '(associate_id = ?1 OR seller_id = ?1)' },
  fans: { key: 'openid', hers: 'associate_id = ?1' },
} as const;
export type MovingStage = keyof typeof tables;

/** The next keys that are hers, in their order. */
export async function pageOf(
  db: Db,
  stage: MovingStage,
  { fromId, cursor }: Handover,
  limit: number,
): Promise<string[]> {
  const { key, hers } = tables[stage];
  const results = await db.batch([
    statement(
      `SELECT ${key} AS key FROM ${stage} WHERE ${key} > ?2 AND ${hers} ORDER BY ${key} LIMIT ?3`,
      fromId,
      cursor,
      limit,
    ),
  ]);
  return rowsAt(results, 0).map((row) => String(row['key']));
}

export type Page = {
  readonly keys: readonly string[];
  readonly isLast: boolean;
  /** When members are told, where they are. */
  readonly tellAt: number;
};
/**
 * Moves a page and notes how far it came, or does neither. A page that somebody else has moved meanwhile is counted and told by them.
 */
export async function movePage(
  db: Db,
  handover: Handover,
  { keys, isLast, tellAt }: Page,
  now: number,
): Promise<void> {
  const { stage } = handover;
  if (stage === 'done') return;
  const page = list(keys);
  const isMembers = stage === 'members';
  await db.batch([
    ...(isMembers && handover.tells ? [tell(handover, page, tellAt, now)] : []),
    advance(handover, page, { last: keys.at(-1) ?? handover.cursor, isLast }, now),
    isMembers ? moveMembers(handover, page) : moveFans(handover, page),
  ]);
}

/** Whether she was given to the one who takes over already is seen from the row itself. */
const moved = `id IN (SELECT value FROM json_each(?1)) AND associate_id = ?2 AND ${living}`;

const tell = ({ id, fromId, toId }: Handover, page: string, tellAt: number, now: number): Statement =>
  statement(
    `INSERT INTO outbox (cause, kind, member_id, payload, state, due_at, attempts, created_at)
     SELECT 'handover/' || ?3 || '/' || id, 'associate-changed', id,
       json_object('before', (SELECT name FROM associates WHERE id = ?2), 'after', (SELECT name FROM associates WHERE id = ?4)),
       'pending', CAST(?5 AS INTEGER), 0, CAST(?6 AS INTEGER)
     FROM members WHERE ${moved} AND EXISTS (SELECT 1 FROM handovers WHERE id = ?3 AND ended_at IS NULL)
       AND EXISTS (SELECT 1 FROM identities AS i WHERE i.member_id = members.id
         AND i.key >= 'openid:' AND i.key < 'openid;')`,
    page,
    fromId,
    id,
    toId,
    tellAt,
    now,
  );

function advance(
  { id, fromId, stage, cursor }: Handover,
  page: string,
  { last, isLast }: { readonly last: string; readonly isLast: boolean },
  now: number,
): Statement {
  const next = !isLast ? stage : stage === 'members' ? 'fans' : 'done';
  return statement(
    `UPDATE handovers SET moved = moved + iif(stage = 'members', (SELECT count(*) FROM members WHERE ${moved}), 0),
       cursor = ?4, stage = ?5, ended_at = iif(?5 = 'done', CAST(?6 AS INTEGER), NULL)
     WHERE id = ?3 AND cursor = ?7 AND stage = ?8 AND ended_at IS NULL`,
    page,
    fromId,
    id,
    isLast ? '' : last,
    next,
    now,
    cursor,
    stage,
  );
}

/** The version rises: a decision that read the member before is made again. */
const moveMembers = ({ fromId, toId }: Handover, page: string): Statement =>
  statement(
    `UPDATE members SET associate_id = iif(associate_id = ?2, ?3, associate_id), seller_id = iif(seller_id = ?2, ?3, seller_id),
       version = version + 1 WHERE id IN (SELECT value FROM json_each(?1)) AND (associate_id = ?2 OR seller_id = ?2)
       AND EXISTS (SELECT 1 FROM associates WHERE id = ?2 AND ended_at IS NOT NULL)`,
    page,
    fromId,
    toId,
  );

const moveFans = ({ fromId, toId }: Handover, page: string): Statement =>
  statement(
    `UPDATE fans SET associate_id = ?3 WHERE openid IN (SELECT value FROM json_each(?1)) AND associate_id = ?2
       AND EXISTS (SELECT 1 FROM associates WHERE id = ?2 AND ended_at IS NOT NULL)`,
    page,
    fromId,
    toId,
  );
