/** 撤回转账: a transfer under way is not sent any more, and WeChat Pay is asked to cancel it. */
import { callOffTransfer, readTransfer, type TransferRow } from '../../db/members/transfers.ts';
import type { Db } from '../../db/db.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';

export async function callOff(db: Db, outBillNo: string, now: number): Promise<Draft<TransferRow> | Problem> {
  const transfer = await readTransfer(db, outBillNo);
  if (!transfer) return unknownTransfer;
  if (transfer.endedAt !== null) return ended(transfer.state);
  const row = { ...transfer, cancelAskedAt: transfer.cancelAskedAt ?? now };
  return { row, statements: [callOffTransfer(outBillNo, now)], rings: 'doorbell' };
}

export const unknownTransfer: Problem = {
  status: 404,
  code: 'unknown_transfer',
  detail: 'no transfer has this number',
};

export const ended = (state: string): Problem => ({
  status: 409,
  code: 'transfer_ended',
  detail: `only a payment that is under way can be called back; this one is ${state}`,
});
