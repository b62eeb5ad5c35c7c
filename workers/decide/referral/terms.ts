/** 邀请规则: what one friend brings, and how often in a month. */
import type { MemberCounter, ReferralSettings, ReferralTerms, ReferralTier } from '../../../schema/index.ts';
import { monthEnd } from '../levels/cash-back.ts';
import { usedOn } from '../members/day-counts.ts';
import { addDays } from '../plain/dates.ts';

/** Friends who brought a reward are counted with the inviter. The colon keeps the count for ever. */
export const friendsSubject = 'referral:friends';

/** As the settings have them for somebody who registers on `day`. */
export const termsOn = (
  { payAt, leastFen, windowDays, rateBps, capFen, commissionDays }: ReferralSettings,
  day: string,
): ReferralTerms => ({
  windowDays,
  leastFen: payAt === 'purchase' ? leastFen : null,
  rateBps,
  capFen,
  lastOn: addDays(day, commissionDays),
});

export type Friends = { readonly all: number; readonly inMonth: number | null };

/** `inMonth` is null for a month of which nobody can say any more. */
export const friendsOf = (counter: MemberCounter | undefined, day: string): Friends => ({
  all: counter?.used ?? 0,
  inMonth: counter ? usedOn(counter, monthEnd(day)) : 0,
});

/** Of the n-th friend; null where so few bring nothing. */
export const tierOf = (tiers: readonly ReferralTier[], friend: number): ReferralTier | null =>
  tiers
    .filter(({ fromFriends }) => fromFriends <= friend)
    .toSorted((one, other) => other.fromFriends - one.fromFriends)[0] ?? null;
