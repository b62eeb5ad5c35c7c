/** 邀请 as the product would have written it, for stories that are about something else. */
import type { Invited, MemberId, Referral, ReferralId, StoreId } from '../../schema/index.ts';

/** Paid, with commission that is due. */
export const referralRow = (memberId: MemberId, inviteeId: MemberId, at: number): Referral => ({
  id: inviteeId as string as ReferralId,
  memberId,
  inviteeId,
  at,
  state: 'paid',
  why: null,
  walletFen: 200,
  coupons: [],
  settledAt: at,
  spentFen: 0,
  commissionFen: 0,
  device: null,
  network: null,
  by: null,
  rev: 1,
});

export const invitedRow = (memberId: MemberId, at: number, dueOn: string): Invited => ({
  memberId,
  id: memberId as string as ReferralId,
  at,
  state: 'paid',
  terms: { windowDays: 7, leastFen: null, rateBps: 50, capFen: null, lastOn: '2027-11-01' },
  spentFen: 10_000,
  rawFen: 50,
  waits: [[dueOn, '8005' as StoreId, 50]],
  candidates: [],
});
