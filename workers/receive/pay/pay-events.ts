/** 微信支付通知 in our words: the result of a transfer; everything else is only stored. */
import * as z from 'zod';
import type { InboxEvent } from '../../../schema/index.ts';
import { billState } from '../../words/bill-states.ts';
import type { Normalised } from '../../engine/engine.ts';
import { unreadable } from '../faults.ts';
import { jsonOf } from './pay.ts';

const transferFinished = 'MCHTRANSFER.BILL.FINISHED';

const PayNotice = z.object({
  id: z.string(),
  event_type: z.string(),
  resource: z.unknown(),
});

const Bill = z.object({
  out_bill_no: z.string().min(1).max(32),
  transfer_bill_no: z.string().min(1).max(64).nullish(),
  state: z.string(),
  transfer_amount: z.int().positive(),
  fail_reason: z.string().max(64).nullish(),
});

export function normalisePay(row: InboxEvent): Normalised {
  const notice = PayNotice.safeParse(jsonOf(row.body));
  if (!notice.success)
    return { parked: { code: 'BODY_UNREADABLE', detail: '不是微信支付的通知，或已按保留期限清空' } };
  if (notice.data.event_type !== transferFinished)
    return { ignored: { code: 'NOT_ACTED_ON', type: notice.data.event_type } };
  const bill = Bill.safeParse(notice.data.resource);
  if (!bill.success) return { parked: unreadable(bill.error.issues) };
  const { state: word, fail_reason: reason } = bill.data;
  const failReason = reason || null;
  const state = billState(word, failReason);
  if (state === null)
    return { parked: unreadable([{ path: ['state'], message: `a transfer cannot be ${word}` }]) };
  return {
    event: {
      type: 'transfer.changed',
      id: row.id,
      namespace: '',
      occurredAt: row.receivedAt,
      outBillNo: bill.data.out_bill_no,
      state,
      amountFen: bill.data.transfer_amount,
      openid: null,
      transferBillNo: bill.data.transfer_bill_no ?? null,
      packageInfo: null,
      failReason,
    },
  };
}
