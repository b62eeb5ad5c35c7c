/**
 * 转账单: ACCEPTED → WAIT_USER_CONFIRM → SUCCESS, FAIL or CANCELLED. Until the person confirms nothing is paid, though
 * the money is set aside; whoever waits a day loses it.
 */
import type { Here } from '../here.ts';
import { digitsOf, wordOf } from '../plain/random.ts';
import { dayMs, offsetTime } from '../plain/time.ts';

export type State =
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED';

export type Bill = {
  readonly out_bill_no: string;
  readonly transfer_bill_no: string;
  readonly openid: string;
  readonly amount_fen: number;
  readonly state: State;
  readonly fail_reason: string;
  readonly digest: string;
  readonly remark: string;
  readonly notify_url: string;
  readonly package_info: string;
  readonly created_at: number;
  readonly updated_at: number;
};

export type NewBill = Pick<
  Bill,
  'out_bill_no' | 'openid' | 'amount_fen' | 'digest' | 'remark' | 'notify_url'
>;

export const isFinal = (state: State): boolean => ['SUCCESS', 'FAIL', 'CANCELLED'].includes(state);

/** Under its number there is one bill for ever. Null when the merchant's money does not suffice, and nothing is kept. */
export async function takeBill(here: Here, bill: NewBill): Promise<{ bill: Bill; isNew: boolean } | null> {
  const { db, now, settings } = here;
  const { meta } = await db
    .prepare(
      `INSERT INTO transfers SELECT ?1, ?2, ?3, ?4, ?5, '', ?6, ?7, ?8, ?9, ?10, ?10
       WHERE ?4 <= ?11 - (SELECT coalesce(sum(amount_fen), 0) FROM transfers
         WHERE state NOT IN ('FAIL', 'CANCELLED'))
       ON CONFLICT (out_bill_no) DO NOTHING`,
    )
    .bind(
      bill.out_bill_no,
      `1330000${digitsOf(32)}`,
      bill.openid,
      bill.amount_fen,
      settings.transferState,
      bill.digest,
      bill.remark,
      bill.notify_url,
      wordOf(48),
      now,
      settings.merchantBalanceFen,
    )
    .run();
  const taken = await read(here, bill.out_bill_no);
  return taken === null ? null : { bill: taken, isNew: meta.changes > 0 };
}

const read = ({ db }: Here, outBillNo: string): Promise<Bill | null> =>
  db.prepare('SELECT * FROM transfers WHERE out_bill_no = ?').bind(outBillNo).first<Bill>();

/** The bill as time has moved it on; `moved` when that ended it. */
export async function billOf(
  here: Here,
  outBillNo: string,
): Promise<{ readonly bill: Bill; readonly moved: boolean } | null> {
  const bill = await read(here, outBillNo);
  if (bill === null) return null;
  const isOver = !isFinal(bill.state) && bill.state !== 'CANCELING' && here.now - bill.created_at >= dayMs;
  if (isOver) {
    const moved = await move(here, bill, { to: 'FAIL', failReason: 'OVERDUE_CLOSE' });
    return { bill: (await read(here, outBillNo)) ?? bill, moved };
  }
  if (bill.state === 'ACCEPTED' || bill.state === 'PROCESSING') {
    await move(here, bill, { to: 'WAIT_USER_CONFIRM' });
    return { bill: (await read(here, outBillNo)) ?? bill, moved: false };
  }
  return { bill, moved: false };
}

/** False when somebody else moved it meanwhile: two ends of one bill exclude each other. */
export async function move(
  { db, now }: Here,
  { out_bill_no: outBillNo, state }: Bill,
  { to, failReason = '' }: { to: State; failReason?: string },
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE transfers SET state = ?, fail_reason = ?, updated_at = ? WHERE out_bill_no = ? AND state = ?`,
    )
    .bind(to, failReason, now, outBillNo, state)
    .run();
  return meta.changes > 0;
}

/** What there is to see, newest first; null finds those of everybody. */
export async function listBills({ db }: Here, openid: string | null, limit: number) {
  const { results } = await db
    .prepare(
      `SELECT *, (SELECT json_group_array(json(statuses)) FROM notifications n WHERE n.out_bill_no = t.out_bill_no)
         AS notified FROM transfers t WHERE ?1 IS NULL OR openid = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2`,
    )
    .bind(openid, limit)
    .all<Bill & { notified: string }>();
  return results.map((row) => {
    const notified: unknown = JSON.parse(row.notified);
    return {
      outBillNo: row.out_bill_no,
      transferBillNo: row.transfer_bill_no,
      openid: row.openid,
      amountFen: row.amount_fen,
      state: row.state,
      failReason: row.fail_reason || null,
      remark: row.remark,
      packageInfo: row.package_info,
      createdAt: offsetTime(row.created_at),
      updatedAt: offsetTime(row.updated_at),
      /** For each notification the statuses with which Huike answered its deliveries. */
      notified,
    };
  });
}
