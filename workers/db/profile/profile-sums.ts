/** 会员资料上的数: how often she and the shop spoke, and what she could use now. */
import type { MemberId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';

export type ProfileSums = {
  readonly contacts: number;
  readonly lastContactAt: number | null;
  /** What she could use now: not used, not taken back, begun and not past. */
  readonly couponsHeld: number;
  /** Of which the time has not come. */
  readonly couponsLater: number;
};

/** By the indexes of both tables: as many rows as are counted. */
export async function readProfileSums(db: Db, memberId: MemberId, now: number): Promise<ProfileSums> {
  const results = await db.batch([
    statement(
      `WITH own(thread) AS (SELECT ?1 UNION SELECT substr(i.key, 8) FROM identities AS i
         WHERE i.member_id = ?1 AND i.key >= 'openid:' AND i.key < 'openid;')
       SELECT count(*) AS n, max(c.at) AS at FROM own CROSS JOIN contacts AS c ON c.thread = own.thread`,
      memberId,
    ),
    statement(
      `SELECT count(*) AS n, count(*) FILTER (WHERE valid_from > ?2) AS later FROM coupons
       WHERE member_id = ?1 AND state = 'issued' AND valid_to > ?2`,
      memberId,
      now,
    ),
  ]);
  const [spoken] = rowsAt(results, 0);
  const [held] = rowsAt(results, 1);
  const couponsLater = Number(held?.['later'] ?? 0);
  const at = spoken?.['at'] ?? null;
  return {
    contacts: Number(spoken?.['n'] ?? 0),
    lastContactAt: at === null ? null : Number(at),
    couponsHeld: Number(held?.['n'] ?? 0) - couponsLater,
    couponsLater,
  };
}
