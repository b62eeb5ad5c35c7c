/** Writes what a fold changed about money on its way out. What the payer counts meanwhile is left as it is. */
import { transfers } from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import type { World } from '../../decide/world.ts';
import { insertAlerts } from '../upkeep/alerts.ts';
import { statement, type Statement } from '../db.ts';
import { insertSet, list, rowsOf } from '../set.ts';

export function transferWrites(world: World, changes: Changes): Statement[] {
  const { payoutCounts, alerts, fansErased } = changes;
  const statements: Statement[] = [];
  const rows = [...changes.transfers].flatMap((outBillNo) => world.transfers.get(outBillNo) ?? []);
  if (rows.length > 0) {
    statements.push(guard(rows.map(({ outBillNo, rev }) => [outBillNo, rev])));
    const { sql, params } = insertSet(
      transfers,
      rows.map((row) => ({ ...row, rev: row.rev + 1 })),
      ['seq'],
    );
    statements.push({ sql: `${sql} ${onConflict}`, params });
  }
  const counts = [...payoutCounts].map(([on, { taken, limitFen, returned }]) => [
    on,
    taken,
    limitFen,
    returned,
  ]);
  // Room is given back first: a limit that was lowered meanwhile holds only for what is taken after it.
  if (counts.some(([, , , returned]) => returned !== 0)) statements.push(giveRoom(counts));
  if (counts.some(([, taken]) => taken !== 0)) statements.push(takeRoom(counts));
  if (fansErased.size > 0) statements.push(forgetPayees(fansErased, world.now));
  if (alerts.length > 0) statements.push(insertAlerts(alerts));
  return statements;
}

/** Inserts a row, which the table refuses, for every transfer that is not as it was read. */
const guard = (revs: readonly (readonly [string, number])[]): Statement =>
  statement(
    `INSERT INTO guards (name) SELECT 'transfer' FROM json_each(?1) AS j
     JOIN transfers AS t ON t.out_bill_no = j.value ->> 0 WHERE t.rev <> j.value ->> 1`,
    list(revs),
  );

/** Leases and attempts are the payer's; what was called off stays so, and the payer is to know at once. */
const onConflict = `WHERE true ON CONFLICT (out_bill_no) DO UPDATE SET state = excluded.state,
  transfer_bill_no = excluded.transfer_bill_no, package_info = excluded.package_info,
  fail_reason = excluded.fail_reason, recalls = excluded.recalls,
  openid = iif(excluded.openid IS NULL, NULL, transfers.openid),
  ended_at = excluded.ended_at, rev = excluded.rev,
  cancel_asked_at = coalesce(transfers.cancel_asked_at, excluded.cancel_asked_at),
  cancel_reason = coalesce(transfers.cancel_reason, excluded.cancel_reason),
  due_at = iif(transfers.cancel_asked_at IS NULL AND excluded.cancel_asked_at IS NOT NULL, excluded.due_at,
    transfers.due_at)`;

const giveRoom = (counts: readonly unknown[]): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE payout_days SET spent_fen = max(0, spent_fen - (v ->> 3))
     FROM r WHERE day_on = v ->> 0`,
    list(counts),
  );

const takeRoom = (counts: readonly unknown[]): Statement =>
  statement(
    `INSERT INTO payout_days (day_on, spent_fen, limit_fen)
     WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2 FROM r WHERE v ->> 1 > 0
     ON CONFLICT (day_on) DO UPDATE SET spent_fen = spent_fen + excluded.spent_fen, limit_fen = excluded.limit_fen`,
    list(counts),
  );

/**
 * Who left cannot confirm any more, and nobody may be known here by an openid that has to go: what is under way to it is called
 * off, and found again by its number.
 */
const forgetPayees = (erased: Changes['fansErased'], now: number): Statement =>
  statement(
    `WITH ${rowsOf('?1')} UPDATE transfers SET openid = NULL, due_at = min(due_at, CAST(?2 AS INTEGER)),
       cancel_asked_at = coalesce(cancel_asked_at, CAST(?2 AS INTEGER)), cancel_reason = coalesce(cancel_reason, 'asked')
     FROM r WHERE transfers.member_id = v ->> 1 AND transfers.openid = v ->> 0 AND transfers.ended_at IS NULL`,
    list(erased),
    now,
  );
