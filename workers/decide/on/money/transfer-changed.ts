/** 转账结果: what WeChat Pay says of a payment is recorded once; money that was certainly not paid goes back once. */
import type {
  Alert,
  BillDifference,
  Transfer,
  TransferChanged,
  TransferState,
} from '../../../../schema/index.ts';
import { accept, ignore, park, type Decision, type Effect } from '../../effects.ts';
import { differenceWords } from '../../money/differences.ts';
import { comeBack } from '../../money/transfers.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';
import { yuanText } from '../../plain/yuan.ts';

export const transferChanged: On<TransferChanged> = {
  needs: ({ outBillNo }, ask) => ask.transfer(outBillNo),
  decide: onTransferChanged,
};

function onTransferChanged(world: World, event: TransferChanged): Decision {
  const transfer = world.transfers.get(event.outBillNo);
  if (!transfer) return stranger(event.outBillNo, world.now);
  const state = stateAfter(transfer, event);
  const difference = differenceOf(transfer, event, state);
  if (difference !== null) return park(difference, [differs(transfer, difference, world.now)]);
  if (transfer.endedAt !== null)
    return ignore({ code: 'TRANSFER_ENDED', outBillNo: transfer.outBillNo, state: transfer.state });

  const isOver = isEnd(state);
  const next: Transfer = {
    ...transfer,
    state,
    transferBillNo: event.transferBillNo ?? transfer.transferBillNo,
    packageInfo: isOver ? null : (event.packageInfo ?? transfer.packageInfo),
    failReason: event.failReason ?? transfer.failReason,
    endedAt: isOver ? world.now : null,
    // WeChat Pay keeps the openid; here the member id is enough.
    openid: isOver ? null : transfer.openid,
  };
  if (JSON.stringify(next) === JSON.stringify(transfer))
    return ignore({ code: 'NOTHING_NEW', about: 'transfer' });
  const effects: Effect[] = [{ type: 'transfer.put', row: next }];
  if (isOver && state !== 'paid') effects.push(...comeBack(world, transfer, state, event.occurredAt));
  // The member needs the package to confirm, so they are told when the first one arrives.
  const isReady = state === 'waiting' && next.packageInfo !== null && transfer.packageInfo === null;
  if (isReady && transfer.cancelAskedAt === null) effects.push(waiting(next, world.now));
  return accept(effects);
}

function stranger(outBillNo: string, at: number): Decision {
  const text = `微信支付通知了一笔这里没有的转账单 ${outBillNo}，请到微信支付商户平台核对。`;
  const id = `transfer-unknown/${outBillNo}`;
  return park({ code: 'BILL_UNKNOWN', outBillNo }, [
    { id, kind: 'transfer.differs', sourceId: 'wechat-pay', text, at },
  ]);
}

const isEnd = (state: TransferState) =>
  state === 'paid' || state === 'failed' || state === 'cancelled' || state === 'expired';

function stateAfter({ cancelReason }: Transfer, { state }: TransferChanged): TransferState {
  if (state === 'never-sent') return cancelReason === 'gave-up' ? 'failed' : 'cancelled';
  return state === 'cancelled' && cancelReason === 'unconfirmed' ? 'expired' : state;
}

/** Two honest books cannot differ like this; a person has to look before money moves. */
function differenceOf(
  transfer: Transfer,
  event: TransferChanged,
  state: TransferState,
): BillDifference | null {
  const { outBillNo, amountFen, openid } = transfer;
  if (event.amountFen !== null && event.amountFen !== amountFen)
    return { code: 'BILL_AMOUNT_DIFFERS', outBillNo, amountFen, toldFen: event.amountFen };
  if (event.openid !== null && openid !== null && event.openid !== openid)
    return { code: 'BILL_PERSON_DIFFERS', outBillNo };
  if (event.state === 'never-sent' && (transfer.cancelAskedAt === null || transfer.transferBillNo !== null))
    return { code: 'BILL_LOST', outBillNo };
  if (transfer.endedAt !== null && isEnd(state) && (state === 'paid') !== (transfer.state === 'paid'))
    return { code: 'BILL_END_DIFFERS', outBillNo, isPaid: transfer.state === 'paid' };
  return null;
}

const differs = ({ outBillNo, amountFen, rev }: Transfer, difference: BillDifference, at: number): Alert => ({
  id: `transfer-differs/${outBillNo}/${rev}`,
  kind: 'transfer.differs',
  sourceId: 'wechat-pay',
  text: `转账单 ${outBillNo}（${yuanText(amountFen)}）与微信支付对不上，已停止自动处理，请到微信支付商户平台核对。（${differenceWords(difference)}）`,
  at,
});

const waiting = ({ outBillNo, memberId, amountFen, openid, terms }: Transfer, dueAt: number): Effect => ({
  type: 'message.queue',
  note: {
    cause: `withdrawal:${outBillNo}/waiting`,
    kind: 'transfer-waiting',
    memberId,
    associateId: null,
    openid,
    payload: { amountFen, outBillNo, url: terms.confirmUrl + outBillNo },
    dueAt,
  },
});
