/** What the clock has to look after: reminders whose time has come, events left lying, sales that never came. */
import type { MemberId, ReasonCode, Sku } from '../../../schema/index.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db } from '../db.ts';

export type DueReminder = { readonly memberId: MemberId; readonly sku: Sku; readonly sendAt: number };

export type Due = { readonly reminders: readonly DueReminder[]; readonly isInboxBehind: boolean };

export async function lookForDue(
  db: Db,
  { now, limit, olderThanMs }: { now: number; limit: number; olderThanMs: number },
): Promise<Due> {
  const results = await db.batch([
    statement(
      `SELECT member_id AS "memberId", sku, send_at AS "sendAt" FROM reminders
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
export async function flagOverdue(db: Db, hours: number, now: number): Promise<number> {
  const results = await db.batch([
    statement(
      `UPDATE inbox SET note = json_object('code', ?2, 'saleId', waits_for, 'hours', CAST(?3 AS INTEGER))
       WHERE state = 'waiting' AND received_at < ?1 AND note ->> '$.code' <> ?2 RETURNING seq`,
      now - hours * hourMs,
      'SALE_OVERDUE' satisfies ReasonCode,
      hours,
    ),
  ]);
  return rowsAt(results, 0).length;
}
