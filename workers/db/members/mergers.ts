/** 合并记录 in the database: read to undo a merger, dropped when that is not possible any more or somebody asked to be forgotten. */
import { members, mergers, type Member, type MemberId, type Merger } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decode, decodeAll, list, selectList } from '../set.ts';

/** Of one survivor, the newest first. */
const shownMax = 10;

export async function mergersInto(db: Db, intoId: MemberId, since: number): Promise<Merger[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(mergers, 't')} FROM mergers AS t WHERE t.into_id = ?1 AND t.at >= ?2
       ORDER BY t.seq DESC LIMIT ${shownMax}`,
      intoId,
      since,
    ),
  ]);
  return decodeAll(mergers, rowsAt(results, 0));
}

export type Undoing = {
  readonly survivor: Member;
  /** A later merger into the same survivor stands before it. */
  readonly isFollowed: boolean;
  /** Of the sales and packages that went over, one was returned, corrected or used since. */
  readonly isChanged: boolean;
};

/** Null where nobody was merged away under this id. */
export async function readUndoing(db: Db, fromId: MemberId): Promise<Undoing | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(members, 'm')},
         EXISTS (SELECT 1 FROM mergers AS l WHERE l.into_id = t.into_id AND l.seq > t.seq) AS followed,
         t.moved ->> '$.revs' IS NOT (SELECT coalesce(sum(s.rev), 0) FROM json_each(t.moved, '$.keys.sales') AS j
           JOIN sales AS s ON s.seq = j.value) + (SELECT coalesce(sum(p.changes), 0) FROM json_each(t.moved, '$.keys.packages') AS j
           JOIN packages AS p ON p.id = j.value) AS changed
       FROM mergers AS t CROSS JOIN members AS m ON m.id = t.into_id WHERE t.from_id = ?1`,
      fromId,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  if (row === undefined) return null;
  const { document: _, ...survivor } = decode(members, row);
  return { survivor, isFollowed: row['followed'] === 1, isChanged: row['changed'] === 1 };
}

export const forgetMergers = (before: number): Statement =>
  statement(`DELETE FROM mergers WHERE at < CAST(?1 AS INTEGER)`, before);

/** Of whoever asked to be forgotten, and of whoever had been merged into them before. */
export const eraseMergers = (memberIds: readonly MemberId[]): Statement =>
  statement(
    `WITH RECURSIVE theirs(id) AS (SELECT value FROM json_each(?1)
       UNION SELECT t.from_id FROM mergers AS t JOIN theirs ON t.into_id = theirs.id)
     DELETE FROM mergers WHERE into_id IN (SELECT id FROM theirs)`,
    list(memberIds),
  );
