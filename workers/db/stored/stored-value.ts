/** 储值 in the database: what is on a card, what came of each number, and sums that add up to what is left. */
import {
  recharges,
  storedMoves,
  type MemberId,
  type Recharge,
  type RechargeId,
  type StoredMove,
  type StoredMoveId,
} from '../../../schema/index.ts';
import type { Parts } from '../../decide/stored/parts.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';
import { readMember } from '../members/members.ts';

/** What was moved, and what is on the card now. */
export type StoredDone = {
  readonly moved: Parts & Pick<StoredMove, 'memberId' | 'occurredAt'>;
  readonly held: Parts;
};

export async function readStoredMove(db: Db, id: StoredMoveId): Promise<StoredDone | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(storedMoves, 't')} FROM stored_moves AS t WHERE t.id = ?1`, id),
  ]);
  const [move] = decodeAll(storedMoves, rowsAt(results, 0));
  return move ? withHeld(db, move) : null;
}

/** How many of these came back as a whole because they were undone. */
export async function countUndone(db: Db, ids: readonly StoredMoveId[]): Promise<number> {
  const results = await db.batch([
    statement(
      `SELECT count(*) AS undone FROM json_each(?1) AS j JOIN stored_moves AS t ON t.id = 'refunded:undo/' || j.value`,
      list(ids),
    ),
  ]);
  return Number(rowsAt(results, 0)[0]?.['undone'] ?? 0);
}

export async function readRecharged(db: Db, id: RechargeId): Promise<StoredDone | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(recharges, 't')} FROM recharges AS t WHERE t.id = ?1`, id),
  ]);
  const [recharge] = decodeAll(recharges, rowsAt(results, 0));
  return recharge ? withHeld(db, recharge) : null;
}

async function withHeld(db: Db, moved: StoredDone['moved']): Promise<StoredDone | null> {
  const found = await readMember(db, moved.memberId);
  return found && { moved, held: heldIn(found.balances) };
}

export const heldIn = (balances: ReadonlyMap<string, number>): Parts => ({
  principalFen: balances.get('principal') ?? 0,
  bonusFen: balances.get('bonus') ?? 0,
});

/** 储值总账 of one member: `left = opened + recharged + given − spent + back − cashedOut − forfeited + corrected`. */
export type StoredSums = {
  /** 期初: brought from the system before, bonus included. */
  readonly openedFen: number;
  /** 累计充值: what was paid for it; a recharge that was called off never was. */
  readonly paidFen: number;
  readonly rechargedFen: number;
  readonly givenFen: number;
  readonly spentFen: number;
  readonly backFen: number;
  readonly cashedOutFen: number;
  readonly forfeitedFen: number;
  /** What a till that keeps the balance said otherwise, or the office; of either sign. */
  readonly correctedFen: number;
};

/** By the indexes of both tables: as many rows as the member has. */
export async function readStoredSums(db: Db, memberId: MemberId): Promise<StoredSums> {
  const results = await db.batch([
    statement(
      `SELECT coalesce(sum(r.paid_fen), 0) AS paid, coalesce(sum(r.principal_fen), 0) AS principal,
        coalesce(sum(r.bonus_fen), 0) AS bonus FROM recharges AS r
        WHERE r.member_id = ?1 AND NOT EXISTS (SELECT 1 FROM stored_moves AS v WHERE v.id = 'reversed:' || r.id)`,
      memberId,
    ),
    statement(
      `SELECT act, sum(principal_fen) AS principal, sum(bonus_fen) AS bonus FROM stored_moves
        WHERE member_id = ?1 GROUP BY act`,
      memberId,
    ),
  ]);
  const [put] = rowsAt(results, 0);
  const acts = new Map(rowsAt(results, 1).map((row) => [String(row['act']), row]));
  const of = (act: StoredMove['act'], part: 'principal' | 'bonus'): number =>
    Number(acts.get(act)?.[part] ?? 0);
  const both = (act: StoredMove['act']): number => of(act, 'principal') + of(act, 'bonus');
  return {
    openedFen: both('opened'),
    paidFen: Number(put?.['paid'] ?? 0),
    rechargedFen: Number(put?.['principal'] ?? 0),
    givenFen: Number(put?.['bonus'] ?? 0),
    spentFen: both('spent'),
    backFen: both('refunded'),
    cashedOutFen: of('cashed-out', 'principal'),
    forfeitedFen: of('cashed-out', 'bonus'),
    correctedFen: both('corrected'),
  };
}

/** The newest first: what may come back, or be called off. */
export async function listStored(
  db: Db,
  memberId: MemberId,
  limit: number,
): Promise<{ readonly moves: readonly StoredMove[]; readonly recharges: readonly Recharge[] }> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(storedMoves, 't')} FROM stored_moves AS t WHERE t.member_id = ?1
        ORDER BY t.occurred_at DESC, t.id LIMIT ?2`,
      memberId,
      limit,
    ),
    statement(
      `SELECT ${selectList(recharges, 't')} FROM recharges AS t WHERE t.member_id = ?1
        AND NOT EXISTS (SELECT 1 FROM stored_moves AS v WHERE v.id = 'reversed:' || t.id)
        ORDER BY t.occurred_at DESC, t.id LIMIT ?2`,
      memberId,
      limit,
    ),
  ]);
  return {
    moves: decodeAll(storedMoves, rowsAt(results, 0)),
    recharges: decodeAll(recharges, rowsAt(results, 1)),
  };
}
