/** 找一笔打款: by how far it has come and by day; and how its standing is said. */
import type { Child, FC } from 'hono/jsx';
import { defaultTimezone, type TransferState } from '../../../../schema/index.ts';
import type { PayoutFilter } from '../../../db/members/payouts.ts';
import type { TransferRow } from '../../../db/members/transfers.ts';
import { addDays, atHour } from '../../../decide/plain/dates.ts';
import { failReasonWords } from '../../../words/transfer-words.ts';
import { Mark } from '../kit/parts.tsx';
import { cancelWords, payoutRemedies, payoutStates, payoutWords } from '../words/money/payouts.ts';

export const payoutsPath = '/console/payouts';
export const payoutPath = (outBillNo: string): string => `${payoutsPath}/${outBillNo}`;

const groups: Readonly<Record<string, readonly TransferState[]>> = {
  open: ['asked', 'sent', 'waiting', 'cancelling'],
  waiting: ['waiting'],
  lost: ['failed', 'expired', 'cancelled'],
  paid: ['paid'],
};
export const tabs: readonly (readonly [group: string, label: string])[] = [
  ['', '全部'],
  ['open', '还在路上'],
  ['waiting', '等会员确认'],
  ['lost', '没有转成'],
  ['paid', '已到账'],
];

export type Asked = { readonly state: string; readonly from: string; readonly to: string };

export function askedIn(query: URLSearchParams): Asked {
  const day = (name: string): string => {
    const text = query.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) ? text : '';
  };
  const state = query.get('state') ?? '';
  return { state: groups[state] ? state : '', from: day('from'), to: day('to') };
}

export const filterOf = ({ state, from, to }: Asked): PayoutFilter => ({
  states: groups[state] ?? null,
  from: from === '' ? null : atHour(from, 0, defaultTimezone),
  to: to === '' ? null : atHour(addDays(to, 1), 0, defaultTimezone),
});

export const State: FC<{ row: TransferRow }> = ({ row: { state } }) => {
  const { label, tone } = payoutStates[state];
  return <Mark tone={tone}>{label}</Mark>;
};

/** What it waits for, or why it did not come through. */
export function whyOf({ state, attempts, lastError, failReason, cancelReason }: TransferRow): string {
  if (state === 'paid') return '';
  if (cancelReason !== null && state !== 'failed')
    return state === 'asked' || state === 'cancelling' ? payoutWords.stopping : cancelWords[cancelReason];
  if (state === 'asked') {
    if (attempts === 0) return payoutWords.queued;
    return lastError === null ? '' : payoutWords.refused + lastError;
  }
  if (state === 'waiting') return payoutWords.waiting;
  return (
    failReasonWords(failReason) ??
    (cancelReason === null ? '' : `${cancelWords[cancelReason]}：${lastError ?? ''}`)
  );
}

export function remedyOf({ failReason, lastError, state }: TransferRow): Child {
  const code = failReason ?? (state === 'asked' || state === 'failed' ? lastError?.split(' ')[0] : null);
  return payoutRemedies[code ?? ''] ?? '';
}
