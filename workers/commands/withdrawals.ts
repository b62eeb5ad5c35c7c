/** 提现: the command, for whoever speaks for a member, and what the member's WeChat needs to confirm with. */
import type { EventId, MemberId, WithdrawalAsked } from '../../schema/index.ts';
import type { Db } from '../db/db.ts';
import { readTransfer, type TransferRow } from '../db/members/transfers.ts';
import type { Refusal } from '../decide/refusals.ts';
import { outBillNoOf } from '../decide/money/transfers.ts';
import type { Engine } from '../engine/engine.ts';
import { processGroup } from '../engine/process.ts';
import { isOfWithdrawal, type WithdrawalRefusal } from '../words/transfer-words.ts';

export type Withdrawal =
  | { readonly transfer: TransferRow }
  | { readonly refusal: WithdrawalRefusal }
  /** Nobody knows yet: asked again under the same id, it is the same withdrawal. */
  | { readonly undecided: true };

/** Money leaves the wallet at once, or not at all. The same `id` again is the same withdrawal, and answers with it. */
export async function askWithdrawal(
  engine: Engine,
  asked: { readonly id: EventId; readonly memberId: MemberId; readonly amountFen: number },
  now: number,
): Promise<Withdrawal> {
  const event: WithdrawalAsked = {
    ...asked,
    type: 'withdrawal.asked',
    namespace: '',
    occurredAt: now,
    kind: 'withdrawal',
    saleId: null,
  };
  const { outcomes, failed } = await processGroup(engine, [{ event, seq: null }], now);
  if (failed.length > 0) return { undecided: true };
  const outcome = outcomes.get(event.id);
  if (outcome?.verdict === 'refused') return { refusal: refusalOf(outcome.refusal) };
  const seed = (await engine.seeds(new Set([event.id]))).get(event.id);
  const transfer = seed ? await readTransfer(engine.db, outBillNoOf(seed, event.id)) : null;
  return transfer ? { transfer } : { undecided: true };
}

function refusalOf(refusal: Refusal): WithdrawalRefusal {
  if (isOfWithdrawal(refusal)) return refusal;
  throw new Error(`a withdrawal was refused with ${refusal.code}`);
}

/** For `requestMerchantTransfer`. */
export type Confirmation = { readonly mchId: string; readonly appId: string; readonly package: string };

/** Only for the member whose money it is; null when there is nothing to confirm, or no more. */
export async function confirmationOf(
  db: Db,
  account: { readonly mchId: string; readonly appId: string },
  memberId: MemberId,
  outBillNo: string,
): Promise<Confirmation | null> {
  const transfer = await readTransfer(db, outBillNo);
  if (transfer?.memberId !== memberId || transfer.endedAt !== null) return null;
  if (transfer.packageInfo === null || transfer.cancelAskedAt !== null) return null;
  return { ...account, package: transfer.packageInfo };
}
