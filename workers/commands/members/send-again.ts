/**
 * 再转一次: a payment that ended without being paid is asked for anew. Its bill number is never used again: WeChat Pay has closed
 * it, and the money is in the wallet. The new one's number is made of the old one's, so that pressing twice pays once.
 */
import type { EventId } from '../../../schema/index.ts';
import { hurryTransfer, readTransfer, type TransferRow } from '../../db/members/transfers.ts';
import type { Db } from '../../db/db.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { ended, unknownTransfer } from './call-off.ts';
import { askWithdrawal, transferOf, type Withdrawal } from './withdraw.ts';

const againId = (outBillNo: string): EventId => `again_${outBillNo}` as EventId;

/** The payment that was made of this one; null while there is none. */
export const sentAgain = (
  engine: Engine,
  { outBillNo, saleId }: Pick<TransferRow, 'outBillNo' | 'saleId'>,
): Promise<TransferRow | null> => transferOf(engine, { id: againId(outBillNo), saleId });

export const isLost = ({ endedAt, state }: TransferRow): boolean => endedAt !== null && state !== 'paid';

/** Under the rules of any withdrawal: what the wallet no longer holds is not paid. */
export async function sendAgain(
  engine: Engine,
  outBillNo: string,
  now: number,
): Promise<Withdrawal | Problem> {
  const lost = await readTransfer(engine.db, outBillNo);
  if (!lost) return unknownTransfer;
  if (!isLost(lost)) return notLost;
  const { memberId, amountFen, saleId } = lost;
  return askWithdrawal(engine, { id: againId(outBillNo), memberId, amountFen, saleId }, now);
}

const notLost: Problem = {
  status: 409,
  code: 'transfer_not_lost',
  detail: 'only a payment that ended without being paid can be made again',
};

/** 现在就试: what waits for its next try is tried at once, as after the account was funded. */
export async function hurry(db: Db, outBillNo: string, now: number): Promise<Draft<TransferRow> | Problem> {
  const row = await readTransfer(db, outBillNo);
  if (!row) return unknownTransfer;
  if (row.endedAt !== null) return ended(row.state);
  return { row, statements: [hurryTransfer(outBillNo, now)], rings: 'doorbell' };
}
