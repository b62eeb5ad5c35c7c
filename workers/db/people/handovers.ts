/** 交接 in the database: who took over from whom, and what is true from the moment somebody leaves. */
import { handovers, type Associate, type AssociateId, type Handover } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

export const living = 'merged_into IS NULL AND deleted_at IS NULL';

/** Looks at every member once: it is asked when somebody leaves, and no index of it would earn its place with every sale. */
export async function countMembersOf(db: Db, id: AssociateId): Promise<number> {
  const results = await db.batch([
    statement(`SELECT count(*) AS count FROM members WHERE associate_id = ?1 AND ${living}`, id),
  ]);
  return Number(rowsAt(results, 0)[0]?.['count'] ?? 0);
}

export async function latestHandover(db: Db, fromId: AssociateId): Promise<Handover | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(handovers, 't')} FROM handovers AS t WHERE t.from_id = ?1 ORDER BY t.started_at DESC LIMIT 1`,
      fromId,
    ),
  ]);
  return decodeAll(handovers, rowsAt(results, 0))[0] ?? null;
}

/** The one that has waited longest. */
export async function openHandover(db: Db): Promise<Handover | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(handovers, 't')} FROM handovers AS t WHERE t.ended_at IS NULL ORDER BY t.started_at LIMIT 1`,
    ),
  ]);
  return decodeAll(handovers, rowsAt(results, 0))[0] ?? null;
}

/** Everything that is true from the moment she leaves. Refused where she, or whoever takes over, is not as they were read. */
export function leaveNow(before: Associate, handover: Handover, codesGoOn: boolean): Statement[] {
  const { fromId, toId, startedAt } = handover;
  return [
    statement(
      `INSERT INTO guards (name) SELECT 'associate' WHERE NOT EXISTS (SELECT 1 FROM associates WHERE id = ?1 AND rev = ?2)
       UNION ALL SELECT 'successor' FROM associates WHERE id = ?3 AND ended_at IS NOT NULL`,
      fromId,
      before.rev,
      toId,
    ),
    ...endRole(before.openid, startedAt),
    statement(
      `UPDATE associates SET ended_at = CAST(?3 AS INTEGER), successor_id = ?2, codes_go_on = CAST(?4 AS INTEGER), openid = NULL,
         wecom_user_id = NULL, rev = rev + 1 WHERE id = ?1`,
      fromId,
      toId,
      startedAt,
      codesGoOn && toId !== null ? 1 : 0,
    ),
    // Whose place she had taken is served by whoever takes hers: one step always leads to somebody who is there.
    statement(
      `UPDATE associates SET successor_id = ?2, codes_go_on = iif(?2 IS NULL, 0, codes_go_on), rev = rev + 1 WHERE successor_id = ?1`,
      fromId,
      toId,
    ),
    statement(`UPDATE handovers SET to_id = ?2 WHERE to_id = ?1 AND ended_at IS NULL`, fromId, toId),
    // An invitation that nobody has scanned yet binds nobody any more.
    statement(
      `UPDATE scenes SET expires_at = CAST(?2 AS INTEGER) WHERE kind = 'staff' AND target_id = ?1 AND expires_at > ?2`,
      fromId,
      startedAt,
    ),
    insertSet(handovers, [handover]),
  ];
}

/** 导购 is her only role where it ends with her leaving: a manager who also serves stays the manager. */
function endRole(openid: string | null, now: number): Statement[] {
  if (openid === null) return [];
  const hers = `openid = ?1 AND role = 'associate' AND ended_at IS NULL`;
  return [
    statement(
      `UPDATE console_sessions SET ended_at = CAST(?2 AS INTEGER) WHERE ended_at IS NULL AND person_id IN
         (SELECT id FROM people WHERE ${hers})`,
      openid,
      now,
    ),
    statement(`UPDATE people SET ended_at = CAST(?2 AS INTEGER), openid = NULL WHERE ${hers}`, openid, now),
  ];
}

/** Members who were moved stay where they are; those who were not are hers again. */
export const comeBackNow = (id: AssociateId, now: number): Statement[] => [
  statement(
    `UPDATE associates SET ended_at = NULL, successor_id = NULL, codes_go_on = 0, rev = rev + 1 WHERE id = ?1`,
    id,
  ),
  statement(
    `UPDATE handovers SET ended_at = CAST(?2 AS INTEGER) WHERE from_id = ?1 AND ended_at IS NULL`,
    id,
    now,
  ),
];
