/** 提现为什么不行: the refusals that a withdrawal can meet. */
import type { Refusal } from '../decide/refusals.ts';

const refusalCodes = [
  'PAYOUT_OFF',
  'NOT_REACHABLE',
  'BELOW_MIN',
  'ABOVE_MAX',
  'INSUFFICIENT',
  'DAY_LIMIT',
] as const;
export type WithdrawalRefusal = Extract<Refusal, { code: (typeof refusalCodes)[number] }>;

export const isOfWithdrawal = (refusal: Refusal): refusal is WithdrawalRefusal =>
  refusalCodes.some((code) => code === refusal.code);
