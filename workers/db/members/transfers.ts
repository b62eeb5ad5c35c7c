/** 转账 in the database: due rows are leased, looked up and rescheduled; and the lists that people see. */
import {
  transfers,
  type Alert,
  type CancelReason,
  type MemberId,
  type TransferState,
} from '../../../schema/index.ts';
import { insertAlerts } from '../upkeep/alerts.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { edges, numberedPage, window, type NumberedPage } from '../paging.ts';
import { decodeAll, list, rowsOf, selectList } from '../set.ts';

export type TransferRow = typeof transfers.$inferSelect;

/** The attempt is counted before it is made, so that it is known after a crash. */
export async function leaseTransfers(
  db: Db,
  limit: number,
  now: number,
  leaseMs: number,
): Promise<TransferRow[]> {
  const results = await db.batch([
    statement(
      `UPDATE transfers SET lease_until = CAST(?2 AS INTEGER), attempts = attempts + 1 WHERE seq IN (
         SELECT seq FROM transfers WHERE ended_at IS NULL AND due_at <= ?1
         AND (lease_until IS NULL OR lease_until <= ?1) ORDER BY due_at, seq LIMIT ?3)
       RETURNING ${selectList(transfers, 'transfers')}`,
      now,
      now + leaseMs,
      limit,
    ),
  ]);
  return decodeAll(transfers, rowsAt(results, 0)).toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
}

export type TransferClosing = {
  readonly seq: number;
  /** The lease of this round: a newer lease wins. */
  readonly leaseUntil: number;
  /** As it was leased: a transfer that was called off meanwhile is due at once. */
  readonly cancelAskedAt: number | null;
  readonly dueAt: number;
  readonly lastError: string | null;
  /** Called off by the payout round itself. */
  readonly cancelReason: CancelReason | null;
};

export async function closeTransfers(
  db: Db,
  closings: readonly TransferClosing[],
  alerts: readonly Alert[],
  now: number,
): Promise<void> {
  const rows = closings.map(({ seq, leaseUntil, cancelAskedAt, dueAt, lastError, cancelReason }) => [
    seq,
    leaseUntil,
    cancelAskedAt,
    dueAt,
    lastError,
    cancelReason,
  ]);
  await db.batch([
    statement(
      `WITH ${rowsOf('?1')}
       UPDATE transfers SET lease_until = NULL, last_error = v ->> 4,
         due_at = iif(cancel_asked_at IS v ->> 2, v ->> 3, CAST(?2 AS INTEGER)),
         cancel_asked_at = iif(cancel_asked_at IS NULL AND v ->> 5 IS NOT NULL, CAST(?2 AS INTEGER), cancel_asked_at),
         cancel_reason = coalesce(cancel_reason, v ->> 5)
       FROM r WHERE transfers.seq = v ->> 0 AND transfers.lease_until = v ->> 1`,
      list(rows),
      now,
    ),
    ...(alerts.length > 0 ? [insertAlerts(alerts)] : []),
  ]);
}

/** From then on it is never sent again, only looked up and cancelled. */
export const callOffTransfer = (outBillNo: string, now: number): Statement =>
  statement(
    `UPDATE transfers SET cancel_asked_at = coalesce(cancel_asked_at, CAST(?2 AS INTEGER)),
       cancel_reason = coalesce(cancel_reason, 'asked'), due_at = min(due_at, CAST(?2 AS INTEGER))
     WHERE out_bill_no = ?1 AND ended_at IS NULL`,
    outBillNo,
    now,
  );

/** 现在就试: the next look comes at once; the bill number stays, and it is looked up before anything is sent. */
export const hurryTransfer = (outBillNo: string, now: number): Statement =>
  statement(
    `UPDATE transfers SET due_at = min(due_at, CAST(?2 AS INTEGER)) WHERE out_bill_no = ?1 AND ended_at IS NULL`,
    outBillNo,
    now,
  );

export async function readTransfer(db: Db, outBillNo: string): Promise<TransferRow | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(transfers, 't')} FROM transfers AS t WHERE t.out_bill_no = ?1`, outBillNo),
  ]);
  return decodeAll(transfers, rowsAt(results, 0))[0] ?? null;
}

type Sought = { readonly state: TransferState | null; readonly member: MemberId | null };

/** Newest first. */
export async function listTransfers(
  db: Db,
  { state, member }: Sought,
  before: number,
  limit: number,
): Promise<NumberedPage<TransferRow>> {
  const conditions = ['t.seq < ?1', '(?3 IS NULL OR t.state = ?3)'];
  // One member's are few; the others are looked through page by page.
  const isWide = state !== null && member === null;
  if (member !== null) conditions.push('t.member_id = ?4');
  if (isWide) conditions.push(window('transfers'));
  const results = await db.batch([
    statement(
      `SELECT ${selectList(transfers, 't')} FROM transfers AS t WHERE ${conditions.join(' AND ')}
       ORDER BY t.seq DESC LIMIT ?2`,
      before,
      limit + 1,
      state,
      ...(member === null ? [] : [member]),
    ),
    ...(isWide ? [edges('transfers')] : []),
  ]);
  return numberedPage(decodeAll(transfers, rowsAt(results, 0)), limit, before, results[1]?.rows[0]);
}
