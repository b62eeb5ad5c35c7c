/**
 * 单笔转账: the next step of one leased transfer. It is looked up first, sent only when WeChat Pay certainly has no such bill, and
 * always with the same bill number. This code does not decide about money; it only reports what WeChat Pay said.
 */
import type { TransferChanged } from '../../schema/index.ts';
import { billState } from '../words/bill-states.ts';
import type { TransferRow } from '../db/members/transfers.ts';
import type { Transfer, TransferAnswer } from '../wechat/pay/transfers.ts';
import { callOffAfterMs, giveUpAfterMs, lookBackMs, quietMs } from './bounds.ts';
import { changed, unanswered, wait, type Desk, type Finding } from './finding.ts';
import { isUnlisted } from './refusals.ts';
import { fetchPackage, giveUp, send } from './send.ts';

export async function look(desk: Desk, row: TransferRow): Promise<Finding> {
  // Attempts are counted before they are made: before the first one, nothing was sent.
  if (row.attempts === 1) return row.cancelAskedAt === null ? send(desk, row) : neverSent(desk, row);
  const found = await desk.client.query(row.outBillNo);
  if (found.ok) return known(desk, row, found.reply);
  if (isAbsent(found)) return absent(desk, row);
  return unanswered(desk, row, found);
}

/** WeChat Pay's signed answer that there is no such bill. Any other failure leaves that open. */
const isAbsent = (answer: TransferAnswer<unknown>): boolean =>
  !answer.ok && answer.outage === 'refused' && answer.status === 404 && answer.code === 'NOT_FOUND';

async function absent(desk: Desk, row: TransferRow): Promise<Finding> {
  const { now } = desk;
  const { state, askedAt, cancelAskedAt, lastError } = row;
  // It existed once, or WeChat Pay no longer keeps it: a person has to look it up.
  if (state !== 'asked' || now - askedAt >= lookBackMs)
    return wait(desk, row, { lastError: 'WeChat Pay does not know the bill any more' });
  if (cancelAskedAt !== null) {
    const quietAt = cancelAskedAt + quietMs;
    return now >= quietAt ? neverSent(desk, row) : wait(desk, row, { dueAt: quietAt, lastError });
  }
  // What only waits for our address to be listed is neither lost nor refused.
  const isOld = now - askedAt >= giveUpAfterMs && !isUnlisted(lastError ?? '');
  return isOld ? giveUp(desk, row, lastError) : send(desk, row);
}

async function known(desk: Desk, row: TransferRow, told: Transfer): Promise<Finding> {
  const state = billState(told.state, told.failReason);
  if (state === null) return wait(desk, row, { lastError: `WeChat Pay says ${told.state}` });
  const news = changed(desk, row, state, told);
  // One bill number with two amounts: nothing more is done until a person has looked.
  if (told.amountFen !== row.amountFen) return wait(desk, row, { news });
  const isOpen = state === 'sent' || state === 'waiting';
  if (isOpen && row.cancelAskedAt !== null) return cancel(desk, row, news);
  if (isOpen && desk.now - row.askedAt >= callOffAfterMs)
    return { ...wait(desk, row, { news, dueAt: desk.now }), cancelReason: 'unconfirmed' };
  if (state === 'waiting' && row.packageInfo === null) return fetchPackage(desk, row, news);
  return wait(desk, row, { news });
}

async function cancel(desk: Desk, row: TransferRow, news: TransferChanged): Promise<Finding> {
  const answer = await desk.client.cancel(row.outBillNo);
  // Perhaps the member confirmed first; the next look shows it.
  if (!answer.ok) return unanswered(desk, row, answer, { news });
  const state = billState(answer.reply.state, null);
  return wait(desk, row, { news: state === 'cancelling' ? { ...news, state } : news });
}

function neverSent(desk: Desk, row: TransferRow): Finding {
  const { lastError, cancelReason } = row;
  const [code = null] = cancelReason === 'gave-up' ? (/^[A-Z_]{2,}(?= |$)/.exec(lastError ?? '') ?? []) : [];
  return wait(desk, row, { news: changed(desk, row, 'never-sent', { failReason: code }), lastError });
}
