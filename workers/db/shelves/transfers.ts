/** 转账 of a group: those its events speak of, and those under way for its sales. What the payer counts meanwhile is left alone. */
import { transfers, type Transfer } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { insertSet, list } from '../set.ts';
import type { Shelf, GroupQuery } from './define.ts';

const [sql = ''] = compounds([
  termOf('transfers', transfers, 't.out_bill_no IN (SELECT value FROM json_each(?1))'),
  termOf('transfers', transfers, 't.sale_id IN (SELECT value FROM json_each(?2)) AND t.ended_at IS NULL'),
]);

/** Where nothing is paid out, nothing is asked. */
function select({ needs, isDeep, config: { payout } }: GroupQuery): Statement[] {
  const ofSales = isDeep && payout !== null ? list(needs.sales) : '[]';
  const isAsked = needs.asked.transfers.size > 0 || ofSales !== '[]';
  return isAsked ? [statement(sql, list(needs.asked.transfers), ofSales)] : [];
}

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

function write(rows: readonly Transfer[]): Statement[] {
  const inserted = insertSet(transfers, rows, ['seq']);
  return [{ sql: `${inserted.sql} ${onConflict}`, params: inserted.params }];
}

export const transferShelf: Shelf<'transfers'> = {
  kept: { in: 'table', table: transfers, keyColumn: 'out_bill_no', read: { by: 'own', select }, write },
};
