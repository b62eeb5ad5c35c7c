/** 单据的样子: a bill as each call of WeChat Pay shows it. */
import { offsetTime } from '../plain/time.ts';
import type { Bill } from './bills.ts';

export const createdView = (bill: Bill): object => ({
  out_bill_no: bill.out_bill_no,
  transfer_bill_no: bill.transfer_bill_no,
  create_time: offsetTime(bill.created_at),
  state: bill.state,
  ...(bill.state === 'FAIL' ? { fail_reason: bill.fail_reason } : {}),
  ...(bill.state === 'WAIT_USER_CONFIRM' ? { package_info: bill.package_info } : {}),
});

/** What the query answers and the notification says. */
export const wholeView = (bill: Bill, mchId: string): object => ({
  mch_id: mchId,
  out_bill_no: bill.out_bill_no,
  transfer_bill_no: bill.transfer_bill_no,
  state: bill.state,
  transfer_amount: bill.amount_fen,
  ...(bill.state === 'FAIL' ? { fail_reason: bill.fail_reason } : {}),
  openid: bill.openid,
  create_time: offsetTime(bill.created_at),
  update_time: offsetTime(bill.updated_at),
});
