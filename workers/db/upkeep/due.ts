/** What the clock has to look after: reminders whose time has come, events left lying, sales that never came. */
import { due, type Due, type ReasonCode } from '../../../schema/index.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { oldestPending } from '../inbox/pending.ts';
import { decodeAll, list, rowsOf, selectList } from '../set.ts';
import { fromOf } from '../shelves/rows.ts';

/** The longest overdue first; also moments that no reminder is set to any more. */
export async function dueReminders(db: Db, now: number, limit: number): Promise<readonly Due[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(due, 't')} FROM due AS t WHERE t.send_at <= ?1 ORDER BY t.send_at LIMIT ?2`,
      now,
      limit,
    ),
  ]);
  return decodeAll(due, rowsAt(results, 0));
}

/** A moment stays while a reminder waits for it: one that could not be told, or was set to it again meanwhile, is still to come. */
export async function dropDue(db: Db, told: readonly Due[]): Promise<void> {
  const keys = told.map(({ sendAt, setAt, memberId, planId, subject }) => [
    sendAt,
    setAt,
    memberId,
    planId,
    subject,
  ]);
  await db.batch([
    statement(
      `DELETE FROM due WHERE (send_at, set_at, member_id, plan_id, subject) IN
         (WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4 FROM r)
       AND NOT EXISTS (SELECT 1 FROM ${fromOf('reminders')} AS t WHERE t.member_id = due.member_id
         AND t.plan_id = due.plan_id AND t.subject = due.subject AND t.state = 'pending' AND t.send_at = due.send_at)`,
      list(keys),
    ),
  ]);
}

export type LeftLying = {
  readonly isBehind: boolean;
  /**
   * Events that were pointed out now; each is pointed out once, and still applies if its sale comes. A void is not: where nothing was
   * sold there is nothing to take back.
   */
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
       WHERE state = 'waiting' AND received_at < ?1 AND note ->> '$.code' <> ?2
         AND NOT EXISTS (SELECT 1 FROM inbox AS i WHERE i.seq = decisions.seq AND i.type = 'sale.voided') RETURNING seq`,
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
