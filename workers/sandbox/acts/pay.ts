/** 收款: the person confirms what was transferred to them, or cannot; the platform tells the merchant, also again. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { Here, SandboxApp } from '../here.ts';
import { billOf, isFinal, move, type Bill } from '../pay/bills.ts';
import { isTaken, notify, repeat } from '../pay/notify.ts';
import { Openid, Refused, act } from './act.ts';

const BillNo = z.string().min(1).max(32);
const Confirm = z.object({
  openid: Openid,
  outBillNo: BillNo,
  accept: z.boolean(),
  /** Why it cannot be received. */
  failReason: z
    .enum(['ACCOUNT_FROZEN', 'REAL_NAME_CHECK_FAIL', 'NAME_NOT_CORRECT', 'PAYEE_ACCOUNT_ABNORMAL'])
    .default('REAL_NAME_CHECK_FAIL'),
});
const Notify = z.object({
  outBillNo: BillNo,
  deliveries: z.int().min(1).max(20).default(1),
  parallel: z.boolean().default(false),
});

export const payments = new Hono<SandboxApp>();

payments.post(
  '/confirm-transfer',
  act(Confirm, async (here, { openid, outBillNo, accept, failReason }) => {
    const bill = await find(here, outBillNo);
    if (bill.openid !== openid) throw new Refused(409, 'the money is for somebody else');
    if (bill.state !== 'WAIT_USER_CONFIRM') throw new Refused(409, `the bill is ${bill.state}`);
    const end = accept ? ({ to: 'SUCCESS' } as const) : ({ to: 'FAIL', failReason } as const);
    if (!(await move(here, bill, end))) throw new Refused(409, 'somebody else was faster');
    const ended = await find(here, outBillNo);
    here.later(notify(here, ended));
    return { ok: true, state: ended.state };
  }),
);

/** Says the end of a bill once more, as often as is asked. */
payments.post(
  '/notify-transfer',
  act(Notify, async (here, { outBillNo, deliveries, parallel }) => {
    const bill = await find(here, outBillNo);
    if (!isFinal(bill.state)) throw new Refused(409, `the bill is ${bill.state}`);
    const statuses = await repeat(here, bill, { deliveries, parallel });
    return { ok: statuses.every(isTaken), statuses };
  }),
);

async function find(here: Here, outBillNo: string): Promise<Bill> {
  const found = await billOf(here, outBillNo);
  if (found === null) throw new Refused(404, 'no such bill');
  if (found.moved) here.later(notify(here, found.bill));
  return found.bill;
}
