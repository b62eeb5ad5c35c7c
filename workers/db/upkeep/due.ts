/** What the clock has to look after: reminders whose time has come, events left lying, sales that never came. */
import type { Reminder } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';

export type DueReminder = Pick<Reminder, 'memberId' | 'planId' | 'subject' | 'kind' | 'sendAt'>;

export type Due = { readonly reminders: readonly DueReminder[]; readonly isInboxBehind: boolean };

export async function lookForDue(
  db: Db,
  { now, limit, olderThanMs }: { now: number; limit: number; olderThanMs: number },
): Promise<Due> {
  const results = await db.batch([
    statement(
      `SELECT member_id AS "memberId", plan_id AS "planId", subject, kind, send_at AS "sendAt" FROM reminders
       WHERE state = 'pending' AND send_at <= ?1 ORDER BY send_at LIMIT ?2`,
      now,
      limit,
    ),
    statement(`SELECT received_at AS "receivedAt" FROM inbox WHERE state = 'received' ORDER BY seq LIMIT 1`),
  ]);
  const [oldest] = rowsAt(results, 1);
  return {
    // Columns of the reminders table, read as they were written.
    reminders: rowsAt(results, 0) as unknown as readonly DueReminder[],
    isInboxBehind: oldest !== undefined && Number(oldest['receivedAt']) <= now - olderThanMs,
  };
}

/** Says so, once, of every event that has waited too long for its sale; it still applies if the sale comes. */
export async function flagOverdue(db: Db, before: number): Promise<number> {
  const results = await db.batch([
    statement(
      `UPDATE inbox SET note = 'overdue: ' || note || '; it has not arrived in 72 hours, ask the till to send it again'
       WHERE state = 'waiting' AND received_at < ?1 AND note NOT LIKE 'overdue:%' RETURNING seq`,
      before,
    ),
  ]);
  return rowsAt(results, 0).length;
}
