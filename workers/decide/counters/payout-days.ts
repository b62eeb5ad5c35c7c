/** 每日付款额: what the shop paid out on one day. A negative amount frees room and leaves the limit as it is. */
import type { PayoutDay } from '../../../schema/index.ts';
import { defineCounter } from './define.ts';

type By = { readonly on: string; readonly fen: number; readonly limitFen: number | null };
/** What was added, the limit it was added under, and what was freed. */
export type PayoutSum = {
  readonly taken: number;
  readonly limitFen: number | null;
  readonly returned: number;
};

export const payoutDays = defineCounter<PayoutDay, By, PayoutSum>()({
  noun: 'payout',
  keyOf: ({ on }) => on,
  moved: (row, { on, fen, limitFen }) => {
    const day = row ?? { dayOn: on, spentFen: 0, limitFen };
    return { ...day, spentFen: Math.max(0, day.spentFen + fen) };
  },
  sum: (before, { fen, limitFen }) => ({
    taken: (before?.taken ?? 0) + Math.max(0, fen),
    limitFen: limitFen ?? before?.limitFen ?? null,
    returned: (before?.returned ?? 0) + Math.max(0, -fen),
  }),
});
