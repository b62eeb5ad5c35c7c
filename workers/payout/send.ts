/** 发起转账: the only call that moves money. The same request with the same bill number pays once. */
import type { TransferChanged } from '../../schema/index.ts';
import { billState } from '../words/bill-states.ts';
import type { TransferRow } from '../db/members/transfers.ts';
import type { CreatedTransfer, TransferBill } from '../wechat/pay/transfers.ts';
import { backoffMs, quietMs, refusalsMax } from './bounds.ts';
import { changed, isEnd, unanswered, wait, wordsOf, type Desk, type Finding } from './finding.ts';
import { isCuredByWaiting } from './refusals.ts';

export async function send(desk: Desk, row: TransferRow): Promise<Finding> {
  if (desk.isLate()) return wait(desk, row, { dueAt: desk.now });
  const answer = await desk.client.create(billOf(desk, row));
  if (answer.ok) return created(desk, row, answer.reply);
  // Whatever the answer, the bill may exist: it is looked up before anything else happens.
  const isHopeless = !isCuredByWaiting(answer) && row.attempts >= refusalsMax;
  if (isHopeless) return giveUp(desk, row, wordsOf(answer));
  return unanswered(desk, row, answer, { dueAt: desk.now + backoffMs(row.attempts, desk.jitter()) });
}

/** The cancellation is stored first: once no round sends it any more, its absence becomes certain. */
export const giveUp = (desk: Desk, row: TransferRow, lastError: string | null): Finding => ({
  ...wait(desk, row, { lastError, dueAt: desk.now + quietMs }),
  cancelReason: 'gave-up',
});

function created(desk: Desk, row: TransferRow, reply: CreatedTransfer): Finding {
  const state = billState(reply.state, null);
  // A final state is believed only from looking up the bill.
  if (state === null || isEnd(state)) return wait(desk, row, { dueAt: desk.now });
  return wait(desk, row, { news: changed(desk, row, state, reply) });
}

/** The bill exists and its package was lost: the same request returns the same bill with its package. */
export async function fetchPackage(desk: Desk, row: TransferRow, news: TransferChanged): Promise<Finding> {
  if (desk.isLate()) return wait(desk, row, { news });
  const answer = await desk.client.create(billOf(desk, row));
  if (!answer.ok) return unanswered(desk, row, answer, { news });
  return wait(desk, row, { news: { ...news, packageInfo: answer.reply.packageInfo } });
}

function billOf({ appId }: Desk, { outBillNo, openid, amountFen, terms }: TransferRow): TransferBill {
  const { sceneId, remark, perception, notifyUrl, reports } = terms;
  return {
    appId,
    outBillNo,
    sceneId,
    openid: openid ?? '',
    amountFen,
    remark,
    ...(notifyUrl !== null && { notifyUrl }),
    ...(perception !== null && { perception }),
    sceneReports: reports.map(({ infoType, infoContent }) => ({ type: infoType, content: infoContent })),
  };
}
