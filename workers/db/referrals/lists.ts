/** 邀请 as they are read: a member's own, and the office's by state. */
import {
  referrals,
  type Invited,
  type MemberId,
  type Referral,
  type ReferralState,
} from '../../../schema/index.ts';
import type { NewestFirst } from '../paging.ts';
import { rowsAt, statement, type Db, type Row, type Value } from '../db.ts';
import { decode, selectList } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

type Person = { readonly id: MemberId; readonly name: string | null; readonly phone: string | null };

export type ReferralShown = {
  readonly referral: Referral;
  readonly inviter: Person;
  /** Null where the invitation was refused; without a name and a phone where the friend has left. */
  readonly friend: (Person & { readonly joinedAt: number | null }) | null;
  /** What the friend has kept and what still waits, as of now. */
  readonly invited: Invited | null;
};

/** The newest first. */
const behind = `(r.at, r.id) < (?2, ?3) ORDER BY r.at DESC, r.id DESC LIMIT ?4`;

/** 我的奖励: those who registered; whoever was refused is nobody the inviter is told of. */
export const ownReferrals = (db: Db, memberId: MemberId, before: NewestFirst, limit: number) =>
  readReferrals(db, `r.member_id = ?1 AND r.invitee_id <> r.member_id AND ${behind}`, [
    memberId,
    before.at,
    before.id,
    limit,
  ]);

export const referralsIn = (db: Db, state: ReferralState, before: NewestFirst, limit: number) =>
  readReferrals(db, `r.state = ?1 AND ${behind}`, [state, before.at, before.id, limit]);

export async function readReferral(db: Db, id: string): Promise<ReferralShown | null> {
  const [found] = await readReferrals(db, 'r.id = ?1', [id]);
  return found ?? null;
}

async function readReferrals(db: Db, found: string, params: readonly Value[]): Promise<ReferralShown[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(referrals, 'r')}, a.name AS "aName", a.phone AS "aPhone", b.id AS "bId", b.name AS "bName",
         b.phone AS "bPhone", b.joined_at AS "bJoinedAt",
         (SELECT i.row FROM ${fromOf('invited')} AS i WHERE i.member_id = r.invitee_id) AS invited
       FROM referrals AS r JOIN members AS a ON a.id = r.member_id LEFT JOIN members AS b ON b.id = r.invitee_id
       WHERE ${found}`,
      ...params,
    ),
  ]);
  return rowsAt(results, 0).map(shownOf);
}

function shownOf(row: Row): ReferralShown {
  const referral = decode(referrals, row);
  const { aName, aPhone, bId, bName, bPhone, bJoinedAt, invited } = row as Record<string, string | null>;
  const own = invited == null ? null : (JSON.parse(invited) as Invited);
  return {
    referral,
    inviter: { id: referral.memberId, name: aName ?? null, phone: aPhone ?? null },
    friend:
      bId == null
        ? null
        : {
            id: bId as MemberId,
            name: bName ?? null,
            phone: bPhone ?? null,
            joinedAt: bJoinedAt == null ? null : Number(bJoinedAt),
          },
    invited: own?.id === referral.id ? own : null,
  };
}

export type ReferralSums = {
  readonly friends: number;
  readonly walletFen: number;
  readonly commissionFen: number;
};

/** What inviting has brought a member. */
export async function ownSums(db: Db, memberId: MemberId): Promise<ReferralSums> {
  const results = await db.batch([
    statement(
      `SELECT count(*) AS friends, coalesce(sum(wallet_fen), 0) AS wallet, coalesce(sum(commission_fen), 0) AS commission
       FROM referrals WHERE member_id = ?1 AND state = 'paid'`,
      memberId,
    ),
  ]);
  const { friends, wallet, commission } = rowsAt(results, 0)[0] ?? {};
  return {
    friends: Number(friends ?? 0),
    walletFen: Number(wallet ?? 0),
    commissionFen: Number(commission ?? 0),
  };
}

/** How many there are in each state. */
export async function countReferrals(db: Db): Promise<ReadonlyMap<ReferralState, number>> {
  const results = await db.batch([
    statement(`SELECT state, count(*) AS count FROM referrals GROUP BY state`),
  ]);
  // As the CHECK of the table has it.
  return new Map(rowsAt(results, 0).map(({ state, count }) => [state as ReferralState, Number(count)]));
}
