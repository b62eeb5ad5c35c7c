/** 粉丝 for whoever looks into them: who follows, whose they are, and whether they may be written to. */
import { fans, type AssociateId, type Fan } from '../../schema/index.ts';
import { rowsAt, statement, type Db } from './db.ts';
import { decodeAll, list, selectList } from './set.ts';

export type Follower = {
  readonly fan: Fan;
  /** Who they are to the till; null for somebody who is no member. */
  readonly memberId: string | null;
  readonly window: { readonly messagesLeft: number; readonly until: number } | null;
};

/** By openid. */
export async function listFans(
  db: Db,
  { associateId, after, limit }: { associateId: AssociateId | null; after: string; limit: number },
  now: number,
): Promise<Follower[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(fans, 't')} FROM fans AS t WHERE t.openid > ?1
       AND (?3 IS NULL OR coalesce((SELECT m.associate_id FROM identities AS i CROSS JOIN members AS m ON m.id = i.member_id
         WHERE i.key = 'openid:' || t.openid), t.associate_id) = ?3) ORDER BY t.openid LIMIT ?2`,
      after,
      limit,
      associateId,
    ),
  ]);
  const found = decodeAll(fans, rowsAt(results, 0));
  if (found.length === 0) return [];
  const openids = list(found.map(({ openid }) => openid));
  const more = await db.batch([
    statement(
      `SELECT substr(i.key, 8) AS openid, i.member_id AS "memberId" FROM json_each(?1) AS j
       CROSS JOIN identities AS i ON i.key = 'openid:' || j.value`,
      openids,
    ),
    statement(
      `SELECT w.openid, sum(w.messages_left) AS "messagesLeft", max(w.until) AS until FROM json_each(?1) AS j
       CROSS JOIN fan_windows AS w ON w.openid = j.value WHERE w.until > ?2 AND w.messages_left > 0 GROUP BY w.openid`,
      openids,
      now,
    ),
  ]);
  const owners = new Map(rowsAt(more, 0).map(({ openid, memberId }) => [openid, String(memberId)]));
  const windows = new Map(
    rowsAt(more, 1).map(({ openid, messagesLeft, until }) => [
      openid,
      { messagesLeft: Number(messagesLeft), until: Number(until) },
    ]),
  );
  return found.map((fan) => ({
    fan,
    memberId: owners.get(fan.openid) ?? null,
    window: windows.get(fan.openid) ?? null,
  }));
}
