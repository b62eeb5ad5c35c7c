/** What the clock has to look after: due reminders, pending events without a ring, and events whose sale never came. */
import type { ReasonCode, Reminder } from '../../../schema/index.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { oldestPending } from '../inbox/pending.ts';

export type DueReminder = Pick<Reminder, 'memberId' | 'planId' | 'subject' | 'kind' | 'sendAt'>;

/** The longest overdue first. */
export async function dueReminders(db: Db, now: number, limit: number): Promise<readonly DueReminder[]> {
  const results = await db.batch([
    statement(
      `SELECT member_id AS "memberId", plan_id AS "planId", subject, kind, send_at AS "sendAt" FROM reminders
       WHERE state = 'pending' AND send_at <= ?1 ORDER BY send_at LIMIT ?2`,
      now,
      limit,
    ),
  ]);
  // Columns of the reminders table, read as they were written.
  return rowsAt(results, 0) as unknown as readonly DueReminder[];
}

export type LeftLying = {
  readonly isBehind: boolean;
  /** Events that were pointed out now; each is pointed out once, and still applies if its sale comes. */
  readonly overdue: number;
};

export async function lookForLeftLying(
  db: Db,
  {
    now,
    behindMs,
    overdueHours,
  }: { readonly now: number; readonly behindMs: number; readonly overdueHours: number },
): Promise<LeftLying> {
  const results = await db.batch([
    statement(oldestPending),
    statement(
      `UPDATE decisions SET note = json_object('code', ?2, 'saleId', waits_for, 'hours', CAST(?3 AS INTEGER))
       WHERE state = 'waiting' AND received_at < ?1 AND note ->> '$.code' <> ?2 RETURNING seq`,
      now - overdueHours * hourMs,
      'SALE_OVERDUE' satisfies ReasonCode,
      overdueHours,
    ),
  ]);
  const [oldest] = rowsAt(results, 0);
  const oldestAt = oldest?.['receivedAt'] ?? null;
  return {
    isBehind: oldestAt !== null && Number(oldestAt) <= now - behindMs,
    overdue: rowsAt(results, 1).length,
  };
}
