/** 到点的邀请: what has to be looked at, with who the two are by now. */
import type { MemberId, Referral, ReferralDueAt, ReferralId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { list, rowsOf } from '../set.ts';

export type DueReferral = Pick<Referral, 'id' | 'state' | 'device' | 'network'> & {
  readonly inviterId: MemberId;
  readonly inviteeId: MemberId;
};

/** Whoever was merged is who they turned out to be. */
const columns = `r.id, r.state, r.device, r.network, coalesce(a.merged_into, a.id) AS "inviterId",
  coalesce(b.merged_into, b.id) AS "inviteeId"`;
const joined = `JOIN members AS a ON a.id = r.member_id JOIN members AS b ON b.id = r.invitee_id`;

export async function duesAt(
  db: Db,
  now: number,
  limit: number,
): Promise<{ readonly dues: readonly ReferralDueAt[]; readonly found: readonly DueReferral[] }> {
  const results = await db.batch([
    statement(
      `SELECT due_at AS "dueAt", id FROM referral_dues WHERE due_at <= ?1 ORDER BY due_at, id LIMIT ?2`,
      now,
      limit,
    ),
    statement(
      `SELECT DISTINCT ${columns} FROM
         (SELECT id FROM referral_dues WHERE due_at <= ?1 ORDER BY due_at, id LIMIT ?2) AS d
       CROSS JOIN referrals AS r ON r.id = d.id ${joined}`,
      now,
      limit,
    ),
  ]);
  const dues = rowsAt(results, 0).map(({ dueAt, id }) => ({
    dueAt: Number(dueAt),
    id: String(id) as ReferralId,
  }));
  return { dues, found: rowsAt(results, 1).map(toDue) };
}

/** One, whether or not it is due; null where there is none, or of a friend that was refused. */
export async function findReferral(db: Db, id: string): Promise<DueReferral | null> {
  const results = await db.batch([
    statement(`SELECT ${columns} FROM referrals AS r ${joined} WHERE r.id = ?1`, id),
  ]);
  const [row] = rowsAt(results, 0);
  return row ? toDue(row) : null;
}

// As selected above.
const toDue = (row: Row): DueReferral => row as DueReferral;

/** Each was looked at; what is still to come stands there under its own moment. */
export async function dropDues(db: Db, dues: readonly ReferralDueAt[]): Promise<void> {
  if (dues.length === 0) return;
  await db.batch([
    statement(
      `DELETE FROM referral_dues WHERE (due_at, id) IN (WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1 FROM r)`,
      list(dues.map(({ dueAt, id }) => [dueAt, id])),
    ),
  ]);
}
