/** 粉丝 for the API: who follows, and which member that is. */
import { fans, type AssociateId, type Fan } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { decode, selectList } from '../set.ts';

/** `memberId` is null for somebody who is no member. */
export type Follower = { readonly fan: Fan; readonly memberId: string | null };

/** Sorted by openid. With an associate, only the fans who belong to them now. */
export async function listFans(
  db: Db,
  { associateId, after, limit }: { associateId: AssociateId | null; after: string; limit: number },
): Promise<Follower[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(fans, 't')}, m.id AS "memberId" FROM fans AS t
       LEFT JOIN identities AS i ON i.key = 'openid:' || t.openid LEFT JOIN members AS m ON m.id = i.member_id
       WHERE t.openid > ?1 AND (?3 IS NULL OR coalesce(m.associate_id, t.associate_id) = ?3) ORDER BY t.openid LIMIT ?2`,
      after,
      limit,
      associateId,
    ),
  ]);
  return rowsAt(results, 0).map(followerOf);
}

function followerOf(row: Row): Follower {
  const { memberId } = row;
  return { fan: decode(fans, row), memberId: typeof memberId === 'string' ? memberId : null };
}
