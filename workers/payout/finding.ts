/** 所见: what one look at a transfer found out, and when to look again. */
import type { Alert, CancelReason, EventId, TransferChanged } from '../../schema/index.ts';
import type { BillState } from '../words/bill-states.ts';
import type { TransferRow } from '../db/members/transfers.ts';
import type { Transfer, TransferAnswer, TransferClient } from '../wechat/pay/transfers.ts';
import { stuck, unfunded, unlisted } from './alerts.ts';
import { lookAfterMs, lookBackMs, stuckAfterMs } from './bounds.ts';
import { addressIn } from '../platform/address.ts';
import { isUnlisted } from './refusals.ts';

export type Desk = {
  readonly client: TransferClient;
  /** The account that the openids belong to. */
  readonly appId: string;
  /** The relay that calls leave by; absent when they go to WeChat Pay straight from the Worker. */
  readonly relay?: string;
  readonly now: number;
  readonly jitter: () => number;
  /** True when a request sent now might arrive after the lease has ended. */
  readonly isLate: () => boolean;
};

export type Finding = {
  readonly news: TransferChanged | null;
  readonly dueAt: number;
  readonly lastError: string | null;
  /** It will not be sent any more. */
  readonly cancelReason: CancelReason | null;
  readonly alerts: readonly Alert[];
};

type BillFacts = Partial<Pick<Transfer, 'amountFen' | 'openid' | 'transferBillNo' | 'failReason'>> & {
  readonly packageInfo?: string | null;
};

/** The attempt is part of the id: each look reports at most one change. */
export const changed = (
  { now }: Desk,
  { outBillNo, attempts }: TransferRow,
  state: TransferChanged['state'],
  bill: BillFacts,
): TransferChanged => ({
  type: 'transfer.changed',
  id: `transfer:${outBillNo}/${attempts}` as EventId,
  namespace: '',
  occurredAt: now,
  outBillNo,
  state,
  amountFen: bill.amountFen ?? null,
  openid: bill.openid ?? null,
  transferBillNo: bill.transferBillNo ?? null,
  packageInfo: bill.packageInfo ?? null,
  failReason: bill.failReason ?? null,
});

export const isEnd = (state: BillState): boolean =>
  state === 'paid' || state === 'failed' || state === 'cancelled' || state === 'expired';

type Next = {
  readonly news?: TransferChanged | null;
  readonly lastError?: string | null;
  readonly dueAt?: number;
};

/** Sets the next look: soon for a new transfer, rarely for an old one, never when nothing more can be learned. */
export function wait(
  { now }: Desk,
  row: TransferRow,
  { news = null, lastError = null, dueAt }: Next,
): Finding {
  const since = now - Math.max(row.askedAt, row.cancelAskedAt ?? 0);
  const isTooOld = now - row.askedAt >= lookBackMs;
  const isOver = news !== null && (news.state === 'never-sent' || isEnd(news.state));
  const isStuck = !isOver && now - row.askedAt >= stuckAfterMs;
  return {
    news: news !== null && isNews(row, news) ? news : null,
    dueAt: isTooOld ? Number.MAX_SAFE_INTEGER : (dueAt ?? now + lookAfterMs(since)),
    lastError,
    cancelReason: null,
    alerts: isStuck ? [stuck(row, now)] : [],
  };
}

type Failed = Exclude<TransferAnswer<unknown>, { ok: true }>;

/** Whichever call was refused: what the shop itself can put right, it is told. */
export function unanswered(desk: Desk, row: TransferRow, answer: Failed, next: Next = {}): Finding {
  const seen = wait(desk, row, { ...next, lastError: wordsOf(answer) });
  return { ...seen, alerts: [...seen.alerts, ...alertsOf(desk, answer)] };
}

function alertsOf({ now, relay }: Desk, answer: Failed): readonly Alert[] {
  if (answer.outage !== 'refused') return [];
  if (answer.code === 'NOT_ENOUGH') return [unfunded(now)];
  return isUnlisted(answer.message)
    ? [unlisted({ ip: addressIn(answer.message), relay: relay ?? null }, now)]
    : [];
}

/** A look that finds no change writes only the time of the next look. */
function isNews(row: TransferRow, news: TransferChanged): boolean {
  const isSame = news.state === row.state && news.transferBillNo === row.transferBillNo;
  const isSameAmount = news.amountFen === null || news.amountFen === row.amountFen;
  return !isSame || !isSameAmount || (news.packageInfo !== null && row.packageInfo === null);
}

const errorLengthMax = 300;

/** For the merchant to read: WeChat Pay's code and words, or what broke on the way. */
export const wordsOf = (answer: Failed): string => {
  const words = answer.outage === 'refused' ? `${answer.code} ${answer.message}` : answer.detail;
  return words.slice(0, errorLengthMax);
};
