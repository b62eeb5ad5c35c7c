/** 提现: money from a member's wallet to their WeChat. */
import type { EventId, MemberId, WithdrawalAsked } from '../../../schema/index.ts';
import { readTransfer, type TransferRow } from '../../db/members/transfers.ts';
import { outBillNoOf } from '../../decide/money/transfers.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { isOfWithdrawal, type WithdrawalRefusal } from '../../words/withdrawal-refusals.ts';
import { resultOf, run } from '../run.ts';

export type Withdrawal =
  | { readonly transfer: TransferRow }
  | { readonly refusal: WithdrawalRefusal }
  /** The outcome is unknown; repeated with the same id, it is the same withdrawal. */
  | { readonly undecided: true };

/** Money leaves the wallet at once or not at all. Repeated with the same `id`, it answers with the same withdrawal. */
export async function askWithdrawal(
  engine: Engine,
  asked: {
    readonly id: EventId;
    readonly memberId: MemberId;
    readonly amountFen: number;
    /** Whose packet it is: a return calls it off again. */
    readonly saleId?: WithdrawalAsked['saleId'];
  },
  now: number,
): Promise<Withdrawal> {
  const event: WithdrawalAsked = {
    saleId: null,
    ...asked,
    type: 'withdrawal.asked',
    namespace: '',
    occurredAt: now,
    kind: 'withdrawal',
  };
  const ran = await run(engine, event, now, () => transferOf(engine, event));
  if (ran.verdict === 'refused') return { refusal: refusalOf(ran.refusal) };
  const transfer = resultOf(ran);
  return transfer ? { transfer } : { undecided: true };
}

/** The bill number derives from the event's id, and a packet's from its sale as well: `seedCause`. */
export async function transferOf(
  engine: Engine,
  { id, saleId }: Pick<WithdrawalAsked, 'id' | 'saleId'>,
): Promise<TransferRow | null> {
  const cause = saleId ?? id;
  const seed = (await engine.seeds(new Set([cause]))).get(cause);
  return seed ? readTransfer(engine.db, outBillNoOf(seed, id)) : null;
}

function refusalOf(refusal: Refusal): WithdrawalRefusal {
  if (isOfWithdrawal(refusal)) return refusal;
  throw new Error(`a withdrawal was refused with ${refusal.code}`);
}
